import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HeedError } from '../../src/errors.ts';
import type { Expected } from '../lib/expected.ts';
import { readExpected } from './expected.ts';

const header = ['kind', 'say', 'expect'];

/** The kinds of sentences that must run something; all others must run nothing. */
const commandKinds = new Set(['command', 'two-commands']);

/** A sentence, and what it must run. */
export interface Sentence {
  registry: string;
  /** The sort of sentence: "command", "negation", "question", … */
  kind: string;
  say: string;
  expect: Expected[];
}

/** Finds the files of a folder, by the names of the registries that their sentences are for. */
export function sentenceFiles(dir: string): Map<string, string> {
  const files = readdirSync(dir)
    .filter((file) => file.endsWith('.tsv'))
    .sort();
  return new Map(files.map((file) => [file.slice(0, -'.tsv'.length), join(dir, file)]));
}

/** Reads the sentences of a file. @throws HeedError `bad-config` with the line whose layout is wrong */
export function readSentences(path: string, registry: string): Sentence[] {
  const [first = '', ...lines] = readFileSync(path, 'utf8').split(/\r?\n/);
  if (first.split('\t').join() !== header.join()) {
    throw new HeedError(
      'bad-config',
      `${path} was expected to begin with ${header.join(', ')} (tabs between), but "${first}" came.`,
    );
  }
  return lines.flatMap((line, index) =>
    line.trim() === '' ? [] : [readSentence(line, registry, `${path}, line ${index + 2}`)],
  );
}

function readSentence(line: string, registry: string, place: string): Sentence {
  const [kind, say, expect = '', ...rest] = line.split('\t');
  if (!kind || !say || rest.length > 0) {
    throw new HeedError(
      'bad-config',
      `${place}: kind, say and expect with tabs between were expected, but "${line}" came.`,
    );
  }
  const expected = readExpected(expect);
  if (commandKinds.has(kind) !== expected.length > 0) {
    throw new HeedError(
      'bad-config',
      `${place}: a ${kind} ${expected.length > 0 ? 'runs nothing' : 'runs something'}, "${expect}" came.`,
    );
  }
  return { registry, kind, say, expect: expected };
}

/** Returns the registry's language: "house-fr" is French, "house-de" German; a name without an ending is English. */
export function languageOfRegistry(registry: string): string {
  return /-(de|fr|es)$/.exec(registry)?.[1] ?? 'en';
}
