import { expect, test } from 'vitest';
import { SimilarWords } from '../../src/match/similar-words.ts';

const words = Array.from(
  { length: 300 },
  (_, i) => `word${'abcdefghij'[i % 10]!}${'klmnopqrst'[Math.floor(i / 10) % 10]!}`,
);
const table = { size: words.length, folded: (id: number) => words[id]! };

test('a search between two steps of the preparation finds all words, and the steps go on', () => {
  const similar = new SimilarWords(table);
  const steps = similar.prepare();
  expect(steps.next().done).toBe(false);
  const found = similar.near('wordax');
  expect(found.length).toBeGreaterThan(5);
  expect(steps.next().done).toBe(true);
  expect(similar.near('wordax')).toEqual(found);
  expect(new SimilarWords(table).near('wordax')).toEqual(found);
});
