import { expect, test } from 'vitest';
import { FileEncoder } from '../../src/speakers/file-encoder.ts';
import { encoder, sound } from './number-encoder.ts';

const second = 16_000;
const always = [Float32Array.of(1)];

/** A window of 5 s of a recording, whose samples are the half seconds from 1 on. */
function windowAt(start: number, length = 5): { start: number; samples: Float32Array } {
  return { start: start * second, samples: sound(start, start + length) };
}

test('each block of 2 s is looked at once, with the half second before it', () => {
  const { native, looked } = encoder();
  const file = new FileEncoder(native);
  const heard = windowAt(0, 10);
  for (let start = 0; start <= 5; start += 0.5) file.vectorsOf(heard, windowAt(start), always);
  expect(looked).toEqual([2, 2.5, 2.5, 2.5, 2.5].map((seconds) => seconds * second));
  file.vectorsOf(windowAt(5, 10), windowAt(5.5), always);
  expect(looked.slice(5)).toEqual([2.5 * second]);
});

test('a block in which nobody is heard is not looked at', () => {
  const { native, looked } = encoder();
  const file = new FileEncoder(native);
  const found = file.vectorsOf(windowAt(0, 10), windowAt(2), [Float32Array.of(0, 0, 0, 1, 1), Float32Array.of(0)]);
  expect(looked).toEqual([2.5 * second, 2.5 * second]);
  expect(found[0]![0]).toBeCloseTo((11 + 12 + 13 + 14) / 4, 1);
  expect(found[1]).toBeUndefined();
});

test('a voice is made of its moments in all blocks of the window', () => {
  const found = new FileEncoder(encoder().native).vectorsOf(windowAt(0, 10), windowAt(3), [
    Float32Array.of(0, 1, 1, 0, 0),
    Float32Array.of(1, 0, 0, 0, 0.5),
  ]);
  expect(found[0]![0]).toBeCloseTo((9 + 10 + 11 + 12) / 4, 1);
  expect(found[1]![0]).toBeCloseTo((7 + 8 + 0.5 * (15 + 16)) / 3, 1);
});

test('the last block ends with the recording', () => {
  const { native, looked } = encoder();
  const found = new FileEncoder(native).vectorsOf(windowAt(0, 7), windowAt(2), always);
  expect(looked).toEqual([2.5, 2.5, 1.5].map((seconds) => seconds * second));
  expect(found[0]![0]).toBeCloseTo((5 + 14) / 2, 1);
  expect(new FileEncoder(native).vectorsOf(windowAt(0, 0.05), windowAt(0, 0.05), always)).toEqual([undefined]);
});
