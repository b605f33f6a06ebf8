import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameCollector, loudness, mixDown, toPcm16 } from '../../client/pcm.ts';

test.each([
  [0, 0],
  [1, 32_767],
  [-1, -32_768],
  [0.5, 16_384],
  [2, 32_767],
  [-2, -32_768],
  [1 / 32_768, 1],
])('a sample of %d becomes %d', (sample, value) => {
  expect(new DataView(toPcm16(Float32Array.of(sample))).getInt16(0, true)).toBe(value);
});

test('bytes are little-endian', () => {
  expect([...new Uint8Array(toPcm16(Float32Array.of(1, -1)))]).toEqual([0xff, 0x7f, 0x00, 0x80]);
});

test.each([
  ['silence', new Float32Array(512), 0],
  ['nothing', new Float32Array(0), 0],
  ['full scale', new Float32Array(512).fill(1), 1],
  ['−30 dBFS', new Float32Array(512).fill(10 ** (-30 / 20)), 0.5],
  ['a whisper below the floor', new Float32Array(512).fill(1e-4), 0],
])('the loudness of %s is right', (_, samples, level) => {
  expect(loudness(samples)).toBeCloseTo(level, 5);
});

test('channels are mixed to their mean, and a single one is kept', () => {
  const left = Float32Array.of(1, 0, -1);
  expect(mixDown([left])).toBe(left);
  expect([...mixDown([left, Float32Array.of(0, 0.5, -1)])]).toEqual([0.5, 0.25, -1]);
  expect(mixDown([])).toHaveLength(0);
});

test('frames hold the same samples however they arrive', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(700), { maxLength: 12 }), (lengths) => {
      const frames: number[][] = [];
      const collector = new FrameCollector(512, (frame) => frames.push([...frame]));
      let next = 0;
      for (const length of lengths) collector.push(Float32Array.from({ length }, () => next++));
      expect(frames.flat()).toEqual(Array.from({ length: next - (next % 512) }, (_, index) => index));
      expect(frames.every(({ length }) => length === 512)).toBe(true);
    }),
  );
});
