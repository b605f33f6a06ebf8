import { expect, test } from 'vitest';
import { ChunkPace } from '../../../src/protocols/wav-chunks/chunk-pace.ts';

/** Returns the waits after chunks, each given as its length and the time it came at. */
function waits(...chunks: [lengthMs: number, atMs: number][]): number[] {
  const pace = new ChunkPace(1_500);
  return chunks.map(([lengthMs, atMs]) => pace.waitAfter(lengthMs, atMs));
}

test('after the first chunk, the next one may take as long as it was, and the idle time', () => {
  expect(waits([2_000, 0])).toEqual([3_500]);
});

test('while chunks come live, the idle time begins when the next one is due', () => {
  expect(waits([2_000, 0], [2_000, 2_010], [500, 2_500])).toEqual([3_500, 3_500, 1_990]);
});

test('chunks of a finished recording, which come at once, leave only the idle time', () => {
  expect(waits([2_000, 0], [2_000, 1], [2_000, 1])).toEqual([3_500, 1_501, 1_500]);
});

test('a pause of the recorder does not make it wait longer', () => {
  expect(waits([500, 0], [500, 20_000])).toEqual([2_000, 2_000]);
});
