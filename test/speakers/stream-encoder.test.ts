import { expect, test } from 'vitest';
import { StreamEncoder } from '../../src/speakers/stream-encoder.ts';
import { encoder, sound } from './number-encoder.ts';

test('each half second is looked at once, with the one before it', () => {
  const { native, looked } = encoder();
  const stream = new StreamEncoder(native, 25);
  stream.vectorsOf(0, sound(0, 2), [Float32Array.of(1)]);
  expect(looked).toEqual([8_000, 16_000, 16_000, 16_000]);
  stream.vectorsOf(8_000, sound(0.5, 2.5), [Float32Array.of(1)]);
  expect(looked.slice(4)).toEqual([16_000]);
});

test('only what tells about a voice is looked at, and each voice is made of its own moments', () => {
  const { native, looked } = encoder();
  const stream = new StreamEncoder(native, 25);
  const found = stream.vectorsOf(0, sound(0, 2), [Float32Array.of(0, 1, 0, 0), Float32Array.of(0, 0.2, 0.6, 0)]);
  expect(looked).toHaveLength(2);
  expect(found[0]![0]).toBeCloseTo(2, 5);
  expect(found[1]![0]).toBeCloseTo(0.25 * 2 + 0.75 * 3, 5);
});

test('a half second that is not over is looked at again when more of it came', () => {
  const { native, looked } = encoder();
  const stream = new StreamEncoder(native, 25);
  stream.vectorsOf(0, sound(0, 1.25), [Float32Array.of(1)]);
  stream.vectorsOf(0, sound(0, 1.5), [Float32Array.of(1)]);
  stream.vectorsOf(0, sound(0, 1.5), [Float32Array.of(1)]);
  expect(looked).toEqual([8_000, 16_000, 12_000, 16_000]);
});

test('a window that does not begin at a half second gives what lies in it', () => {
  const stream = new StreamEncoder(encoder().native, 25);
  const found = stream.vectorsOf(3_000, sound(0, 2).subarray(3_000), [Float32Array.of(0, 0, 0, 1), Float32Array.of(0)]);
  expect(found[0]![0]).toBeCloseTo(4, 5);
  expect(found[1]).toBeUndefined();
});
