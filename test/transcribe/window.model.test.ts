import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadAddon } from '../../src/platform/load-addon.ts';
import { defaultConfig } from '../../src/config/index.ts';
import { ensureModel } from '../../src/models/index.ts';
import type { NativeAddon, NativeEngine, NativeReading } from '../../src/transcribe/binding.ts';
import { speak } from '../speech.ts';
import { readNatively } from './read-natively.ts';

let engine: NativeEngine;

beforeAll(async () => {
  engine = await loadAddon<NativeAddon>('heed').load(await ensureModel('tiny.en', defaultConfig.models), {
    readers: 1,
    maxQueue: 8,
    gpu: false,
  });
});

afterAll(() => engine.close());

const sentences = [
  'set a timer for five minutes',
  'what time is it',
  'close the garage door',
  'turn on the lights in the kitchen',
];

function read(samples: Float32Array, options: { positions?: number; threads?: number } = {}): Promise<NativeReading> {
  return readNatively(engine, samples, { words: true, beam: 1, ...options });
}

test.each(sentences)('"%s" is read in a window of its own length, without repeating itself', async (sentence) => {
  const samples = await speak(sentence);
  const { positions, text } = await read(samples);
  // A text that repeats itself is read once more with all 1,500.
  expect(positions).toBeLessThanOrEqual(Math.max(192, (samples.length / 320) * 1.4 + 16));
  expect(text.split(' ').length).toBeLessThanOrEqual(sentence.split(' ').length + 1);
});

test('a window smaller than the full one leaves nothing behind for the next reading', async () => {
  const [short, long] = [await speak(sentences[0]!), await speak(sentences.join(', '))];
  const before = await read(short);
  await read(long, { positions: 1_500 });
  const after = await read(short);
  expect({ text: after.text, logProbability: after.logProbability }).toEqual({
    text: before.text,
    logProbability: before.logProbability,
  });
});

test('several threads read the same as one', async () => {
  const samples = await speak(sentences[0]!);
  const [alone, together] = [await read(samples), await read(samples, { threads: 2 })];
  expect(together.text).toBe(alone.text);
  expect(together.logProbability).toBeCloseTo(alone.logProbability, 2);
});
