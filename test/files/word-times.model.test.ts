import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeWav } from '../../src/audio/index.ts';
import { defaultConfig } from '../../src/config/index.ts';
import { transcribeWholeFile } from '../../src/files/index.ts';
import { ensureModel } from '../../src/models/index.ts';
import type { Ears } from '../../src/session/index.ts';
import { createTranscriber } from '../../src/transcribe/index.ts';
import { msToSamples, samplesToMs, type Word } from '../../src/types.ts';
import { createVad } from '../../src/vad/index.ts';
import { humanSample, speak } from '../speech.ts';

const models = ['tiny.en', 'base'];
const toleranceMs = 100;

let folder = '';
const ears: Record<string, Ears> = {};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heed-words-'));
  const vad = await createVad(defaultConfig.vad);
  for (const model of models) {
    const path = await ensureModel(model, defaultConfig.models);
    ears[model] = {
      vad,
      transcriber: await createTranscriber(
        { ...defaultConfig.transcribe, model, engine: 'in-process', workers: 1 },
        path,
      ),
    };
  }
});

afterAll(async () => {
  for (const { transcriber } of Object.values(ears)) await transcriber.close();
  await ears[models[0]!]?.vad.close();
  rmSync(folder, { recursive: true });
});

async function wordsOf(samples: Float32Array, model: string): Promise<Word[]> {
  const path = join(folder, 'speech.wav');
  writeFileSync(path, encodeWav(samples));
  const { segments } = await transcribeWholeFile(path, { config: defaultConfig, ears: ears[model]!, language: 'en' });
  return segments.flatMap(({ words }) => words);
}

/** The samples without the silence around them. */
function trimmed(samples: Float32Array): Float32Array {
  const isLoud = (sample: number): boolean => Math.abs(sample) > 0.01;
  return samples.slice(samples.findIndex(isLoud), samples.findLastIndex(isLoud) + 1);
}

/** Words spoken one by one, with silences between, and when each is said. */
async function wordByWord(
  text: string,
  gapsMs: number[],
): Promise<{ samples: Float32Array; said: { word: string; startMs: number; endMs: number }[] }> {
  const parts: Float32Array[] = [new Float32Array(msToSamples(800))];
  const said = [];
  let at = parts[0]!.length;
  for (const [index, word] of text.split(' ').entries()) {
    const spoken = trimmed(await speak(word));
    const gap = new Float32Array(msToSamples(gapsMs[index % gapsMs.length]!));
    said.push({ word, startMs: samplesToMs(at), endMs: samplesToMs(at + spoken.length) });
    parts.push(spoken, gap);
    at += spoken.length + gap.length;
  }
  const samples = new Float32Array(at + msToSamples(1_000));
  let to = 0;
  for (const part of parts) {
    samples.set(part, to);
    to += part.length;
  }
  return { samples, said };
}

const bare = (word: string): string => word.toLowerCase().replace(/[^a-z]/g, '');

test.each(
  models.flatMap((model) => [
    { model, text: 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday', gapsMs: [400] },
    { model, text: 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday', gapsMs: [150, 900, 300] },
    // The longer pauses end a chunk.
    { model, text: 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday', gapsMs: [400, 400, 400, 2_600] },
  ]),
)(
  'words at known times are found within 0.1 s: $model, $text, pauses of $gapsMs ms',
  async ({ model, text, gapsMs }) => {
    const { samples, said } = await wordByWord(text, gapsMs);
    const words = await wordsOf(samples, model);
    const found = said.map(({ word }) => words.find((other) => bare(other.word) === bare(word)));
    // Of a synthetic voice a word may be lost, whose time its neighbours get then; no other may be.
    expect(found.filter((word) => word === undefined).length).toBeLessThanOrEqual(1);
    expect(words).toHaveLength(found.filter((word) => word !== undefined).length);
    for (const [index, word] of found.entries()) {
      if (!word) continue;
      if (index === 0 || found[index - 1])
        expect(Math.abs(word.startMs - said[index]!.startMs), `start of ${word.word}`).toBeLessThanOrEqual(toleranceMs);
      if (index === found.length - 1 || found[index + 1])
        expect(Math.abs(word.endMs - said[index]!.endMs), `end of ${word.word}`).toBeLessThanOrEqual(toleranceMs);
    }
  },
);

/** Where the sound of the human sample begins and ends beside its pauses, ms, by its energy. */
const pauses = [
  { before: 'Americans', endMs: 2_120, after: 'ask', startMs: 3_290 },
  { before: 'not', endMs: 4_290, after: 'what', startMs: 5_410 },
  { before: 'you', endMs: 7_560, after: 'ask', startMs: 8_190 },
];

test.each(models)('words of a human voice end and begin at its pauses: %s', async (model) => {
  const words = await wordsOf(await humanSample(), model);
  for (const { before, endMs, after, startMs } of pauses) {
    const index = words.findIndex(
      (word, at) => bare(word.word) === bare(before) && bare(words[at + 1]?.word ?? '') === after,
    );
    expect(words.map(({ word }) => bare(word)).join(' '), `${before} and ${after}`).toContain(
      `${bare(before)} ${after}`,
    );
    expect(Math.abs(words[index]!.endMs - endMs), `end of ${before}`).toBeLessThanOrEqual(toleranceMs);
    expect(Math.abs(words[index + 1]!.startMs - startMs), `start of ${after}`).toBeLessThanOrEqual(toleranceMs);
  }
});
