import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Suite } from './suite.ts';

/** What hassil made of each sentence, in order, and how long it took. */
export interface HassilRun {
  results: ({ intent: string; slots: Record<string, unknown> } | null)[];
  ms: number[];
}

/** Recognizes all sentences of a suite with hassil in a Python that has it. */
export async function runHassil(python: string, suite: Suite): Promise<HassilRun> {
  const dir = await mkdtemp(join(tmpdir(), 'heed-hassil-'));
  try {
    const [input, output] = [join(dir, 'suite.json'), join(dir, 'results.json')];
    await writeFile(input, JSON.stringify(suite));
    await promisify(execFile)(python, [join(import.meta.dirname, 'run-hassil.py'), input, output]);
    return JSON.parse(await readFile(output, 'utf8')) as HassilRun;
  } finally {
    await rm(dir, { recursive: true });
  }
}
