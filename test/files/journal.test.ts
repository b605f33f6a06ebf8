import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Journal } from '../../src/files/index.ts';
import type { SpeechSegment, Transcript } from '../../src/types.ts';

let folder = '';
let file = '';
let path = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heed-journal-'));
  file = join(folder, 'talk.wav');
  path = join(folder, 'talk.srt.heed-part');
  writeFileSync(file, 'sound');
});
afterEach(() => rmSync(folder, { recursive: true }));

const chunk = (startSample: number): SpeechSegment => ({
  id: 'any',
  samples: new Float32Array(1),
  startSample,
  endSample: startSample + 100,
  endReason: 'silence',
});
const transcript: Transcript = {
  segmentId: 'any',
  text: 'Hello.',
  words: [{ word: 'Hello.', startMs: 1, endMs: 2, confidence: 0.5 }],
  language: 'en',
  confidence: 0.5,
  noSpeechProbability: 0,
  logProbability: -1,
  tokens: 2,
  endMs: 2,
  alternatives: [],
  audioMs: 6,
  inferenceMs: 1,
};
const options = { model: 'base', language: 'en' };

async function filled(): Promise<void> {
  const journal = await Journal.open(path, { file, options });
  await Promise.all([journal.keep(chunk(0), transcript), journal.keep(chunk(500), transcript)]);
}

test('what was kept is found again by its place in the file', async () => {
  await filled();
  const journal = await Journal.open(path, { file, options });
  expect(journal.size).toBe(2);
  expect(journal.recall(chunk(500))).toEqual(transcript);
  expect(journal.recall(chunk(501))).toBeUndefined();
});

test.each<[string, () => void, object]>([
  ['other audio of the same size', () => writeFileSync(file, 'noise'), options],
  ['a longer file', () => appendFileSync(file, '!'), options],
  ['another model', () => undefined, { ...options, model: 'tiny.en' }],
])('%s starts anew', async (_title, change, given) => {
  await filled();
  change();
  expect((await Journal.open(path, { file, options: given })).size).toBe(0);
});

test('half a line, as a killed run leaves it, costs one chunk', async () => {
  await filled();
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.slice(0, -20));
  const journal = await Journal.open(path, { file, options });
  expect(journal.size).toBe(1);
  await journal.keep(chunk(900), transcript);
  expect((await Journal.open(path, { file, options })).size).toBe(2);
});

test('a file that heed did not write is not a journal', async () => {
  writeFileSync(path, 'groceries\n{"startSample":0}\n');
  expect((await Journal.open(path, { file, options })).size).toBe(0);
});

test('nothing is left of a file that is done', async () => {
  await filled();
  await (await Journal.open(path, { file, options })).remove();
  expect(existsSync(path)).toBe(false);
});

test('a journal that an editor has given a byte-order mark is continued', async () => {
  await filled();
  writeFileSync(path, `\uFEFF${readFileSync(path, 'utf8')}`);
  expect((await Journal.open(path, { file, options })).size).toBe(2);
});
