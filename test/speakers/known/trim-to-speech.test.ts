import { expect, test } from 'vitest';
import { trimToSpeech } from '../../../src/speakers/known/trim-to-speech.ts';
import { frameSamples } from '../../../src/types.ts';

function frames(...values: number[]): Float32Array {
  return Float32Array.from(values.flatMap((value) => new Array<number>(frameSamples).fill(value)));
}

test('speech stays, with two frames around it, and silence goes', () => {
  const samples = frames(1, 2, 3, 4, 5, 6, 7, 8, 9);
  const probabilities = [0, 0, 0, 0.9, 0, 0, 0, 0, 0.1];
  expect(trimToSpeech(samples, probabilities)).toEqual(frames(2, 3, 4, 5, 6));
});

test('a last frame that is not whole is kept as it is, and silence alone is nothing', () => {
  expect(trimToSpeech(Float32Array.of(1, 2), [0.5])).toEqual(Float32Array.of(1, 2));
  expect(trimToSpeech(frames(1, 2), [0, 0.49])).toHaveLength(0);
  expect(trimToSpeech(new Float32Array(0), [])).toHaveLength(0);
});
