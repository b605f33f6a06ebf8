import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/index.ts';
import { vectorOf } from '../../src/speakers/local-voices.ts';
import { loadVoiceModels, type NativeModels } from '../../src/speakers/native-models.ts';
import { cosine } from '../../src/speakers/online-clustering.ts';
import { humanSample, speak } from '../speech.ts';
import { signal } from './signal.ts';

/** What PyTorch computes for the signal with the same weights. */
const expected = JSON.parse(readFileSync(join(import.meta.dirname, 'expected.json'), 'utf8')) as {
  /** Frame, local speaker, activity. */
  segmentation: [number, number, number][];
  /** Row of the spectrogram, every eighth band of it. */
  mel: [number, number[]][];
  /** First row of 160, the first 16 of the 256 numbers. */
  voices: [number, number[]][];
};

let models: NativeModels;

beforeAll(async () => {
  models = await loadVoiceModels(defaultConfig.models);
});

describe('the models of voices compute what PyTorch does', () => {
  const samples = signal();

  test('who speaks when', () => {
    const activity = models.segmentation.run(samples);
    expect(activity).toHaveLength(293 * 3);
    for (const [frame, speaker, value] of expected.segmentation)
      expect(activity[frame * 3 + speaker]).toBeCloseTo(value, 3);
  });

  test('the spectrogram', () => {
    const rows = models.encoder.spectrogram(samples);
    expect(rows).toHaveLength(501 * 40);
    for (const [row, values] of expected.mel)
      for (const [i, value] of values.entries())
        expect(Math.abs(rows[row * 40 + 8 * i]! - value) / (value + 1e-6)).toBeLessThan(1e-4);
  });

  test('what a voice sounds like, alone or with others at once', () => {
    const rows = models.encoder.spectrogram(samples);
    const pieces = expected.voices.map(([from]) => rows.slice(from * 40, (from + 160) * 40));
    const together = models.encoder.embed(pieces);
    for (const [i, [, values]] of expected.voices.entries()) {
      const alone = models.encoder.embed([pieces[i]!]);
      for (const [at, value] of values.entries()) {
        expect(together[i * 256 + at]).toBeCloseTo(value, 4);
        expect(alone[at]).toBeCloseTo(value, 4);
      }
    }
  });
});

test('a voice is like itself, and unlike another one', async () => {
  const human = await humanSample();
  const [a, b] = [vectorOf(models, human.subarray(0, 80_000))!, vectorOf(models, human.subarray(80_000))!];
  const other = vectorOf(models, await speak('Close the blinds in the kitchen at seven', { voice: 'en-us+f3' }))!;
  expect(cosine(a, b)).toBeGreaterThan(cosine(a, other) + 0.1);
});

test('too little sound tells nothing, and no number of samples breaks the models', () => {
  expect(vectorOf(models, new Float32Array(400))).toBeUndefined();
  for (const count of [0, 1, 250, 251, 400, 2_000, 8_000, 80_001])
    expect(models.segmentation.run(new Float32Array(count)).length % 3).toBe(0);
});

test('wrong calls get an error with a code', () => {
  const { segmentation, encoder } = models;
  const bad = expect.objectContaining({ code: 'bad-message' }) as Error;
  expect(() => segmentation.run([] as unknown as Float32Array)).toThrow(bad);
  expect(() => encoder.embed([new Float32Array(40), new Float32Array(80)])).toThrow(bad);
  expect(() => encoder.embed([new Float32Array(41)])).toThrow(bad);
  expect(() => encoder.embed([new Float32Array(0)])).toThrow(bad);
});
