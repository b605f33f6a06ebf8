import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/index.ts';
import { ensureNamed, readTensorValues } from '../../src/models/index.ts';
import { loadAddon } from '../../src/platform/load-addon.ts';
import { loadVoiceModels, type NativeModels } from '../../src/speakers/native-models.ts';
import { cosine } from '../../src/speakers/online-clustering.ts';
import type { NativeEncoder } from '../../src/speakers/native-encoder.ts';
import { humanSample, speak } from '../speech.ts';
import { signal } from './signal.ts';

/** What PyTorch computes for the signal with the same weights. */
const expected = JSON.parse(readFileSync(join(import.meta.dirname, 'expected.json'), 'utf8')) as {
  /** Frame, local speaker, activity. */
  segmentation: [number, number, number][];
  /** Row of the encoder, every 64th of its 512 features. */
  features: [number, number[]][];
  /** Weights that go from 0 to 1 in so many rows, again and again; every twelfth of the 192 numbers. */
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
    // PyTorch's own result with 32 bits is 0.0009 off. Ours with whole numbers is three times as far.
    const differences = expected.segmentation.map(([frame, speaker, value]) =>
      Math.abs(activity[frame * 3 + speaker]! - value),
    );
    expect(Math.max(...differences)).toBeLessThan(0.005);
  });

  test('what the encoder sees in each moment', async () => {
    const features = (await encoder()).features(samples);
    expect(features).toHaveLength(249 * 512);
    for (const [row, values] of expected.features)
      for (const [i, value] of values.entries()) expect(features[row * 512 + 64 * i]).toBeCloseTo(value, 3);
  });

  test('what a voice sounds like', async () => {
    const native = await encoder();
    const features = native.features(samples);
    for (const [period, values] of expected.voices) {
      const weights = new Float32Array(249).map((_, row) => (period === 1 ? 1 : (row % period) / (period - 1)));
      const vector = native.pool(features, weights);
      expect(vector).toHaveLength(192);
      for (const [i, value] of values.entries()) expect(vector[12 * i]).toBeCloseTo(value, 4);
    }
  });

  test('and how many moments a vector is made of does not matter where none else count', async () => {
    const native = await encoder();
    const features = native.features(samples);
    const some = native.pool(features.subarray(0, 100 * 512), new Float32Array(100).fill(0.5));
    const weights = new Float32Array(249).fill(0.5, 0, 100);
    expect(cosine(native.pool(features, weights), some)).toBeCloseTo(1, 6);
  });
});

test('a voice is like itself, and unlike another one', async () => {
  const human = await humanSample();
  const { encoder: voices } = models;
  const [a, b] = [voices.vectorOf(human.subarray(0, 80_000))!, voices.vectorOf(human.subarray(80_000))!];
  const other = voices.vectorOf(await speak('Close the blinds in the kitchen at seven', { voice: 'en-us+f3' }))!;
  expect(a).toHaveLength(voices.dimensions);
  expect(cosine(a, b)).toBeGreaterThan(cosine(a, other) + 0.3);
});

test('two voices of one sound are told apart by when they are heard', async () => {
  const { encoder: voices } = models;
  const human = (await humanSample()).subarray(0, 48_000);
  const other = (await speak('Close the blinds in the kitchen', { voice: 'en-us+f3' })).subarray(0, 24_000);
  const both = Float32Array.from([...human, ...other]);
  const [first, second, nobody] = voices.vectorsOf(both, [
    Float32Array.of(1, 1, 0),
    Float32Array.of(0, 0, 1),
    Float32Array.of(0, 0, 0),
  ]);
  expect(cosine(first!, voices.vectorOf(human)!)).toBeGreaterThan(0.7);
  expect(cosine(second!, voices.vectorOf(human)!)).toBeLessThan(0.5);
  expect(nobody).toBeUndefined();
});

test('too little sound tells nothing, and no number of samples breaks the models', () => {
  expect(models.encoder.vectorOf(new Float32Array(400))).toBeUndefined();
  for (const count of [0, 1, 250, 251, 400, 2_000, 8_000, 80_001]) {
    expect(models.segmentation.run(new Float32Array(count)).length % 3).toBe(0);
    expect(() => models.encoder.vectorOf(new Float32Array(count))).not.toThrow();
  }
});

test('wrong calls get an error with a code', async () => {
  const native = await encoder();
  const bad = expect.objectContaining({ code: 'bad-message' }) as Error;
  expect(() => models.segmentation.run([] as unknown as Float32Array)).toThrow(bad);
  expect(() => native.features([] as unknown as Float32Array)).toThrow(bad);
  expect(() => native.pool(new Float32Array(512), new Float32Array(2))).toThrow(bad);
  expect(() => native.pool(new Float32Array(511), new Float32Array(1))).toThrow(bad);
});

/** The encoder as the addon has it. */
async function encoder(): Promise<NativeEncoder> {
  const { VoiceEncoder } = loadAddon<{ VoiceEncoder: new (tensors: object) => NativeEncoder }>('voice');
  return new VoiceEncoder(await readTensorValues(await ensureNamed('campplus', defaultConfig.models)));
}
