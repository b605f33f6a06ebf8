import { createReadStream, createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { HeedError } from '../../src/errors.ts';
import type { Verdict } from './judge.ts';
import { isCommand, type ReadTrial } from './trial.ts';

/** Writes one JSON line per trial: what was said and meant, what was read, and how that was judged. */
export async function writeDump(path: string, trials: readonly (ReadTrial & { verdict: Verdict })[]): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const file = createWriteStream(path);
  for (const { part, registry, kind, voice, noise, say, expect, missing, transcript, verdict } of trials) {
    const { right, actedOn, asked, score } = verdict;
    const line = {
      part,
      registry,
      kind,
      voice,
      noise,
      say,
      expect,
      missing,
      isCommand: isCommand({ expect }),
      right,
      actedOn,
      asked,
      score,
      transcript,
    };
    file.write(`${JSON.stringify(line)}\n`);
  }
  file.end();
  await finished(file);
}

/**
 * Reads the trials of a dump with their transcripts, but without their verdicts.
 * @throws HeedError `bad-config` for any other line
 */
export async function readDump(path: string): Promise<ReadTrial[]> {
  const trials: ReadTrial[] = [];
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    const { part, registry, kind, voice, noise, say, expect, missing, transcript } = JSON.parse(line) as ReadTrial;
    if (!part || !registry || (part !== 'typed' && !transcript)) {
      throw new HeedError('bad-config', `${path}: lines of a dump were expected, but ${line.slice(0, 80)} came.`);
    }
    trials.push({
      part,
      registry,
      kind,
      voice,
      noise,
      say,
      expect,
      ...(missing ? { missing } : {}),
      ...(transcript ? { transcript } : {}),
    });
  }
  return trials;
}
