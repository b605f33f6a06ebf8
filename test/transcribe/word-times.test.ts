import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitWordsToSound } from '../../src/transcribe/word-times.ts';
import { msToSamples, type Word } from '../../src/types.ts';
import { whiteNoise } from '../speech.ts';

/** Makes sound at the given times, over a background of noise. */
function sound(totalMs: number, stretches: [fromMs: number, toMs: number][], backgroundRms = 0.001): Float32Array {
  const samples = whiteNoise(msToSamples(totalMs), { rms: backgroundRms });
  for (const [fromMs, toMs] of stretches)
    samples.set(whiteNoise(msToSamples(toMs - fromMs), { rms: 0.1, seed: fromMs + 2 }), msToSamples(fromMs));
  return samples;
}

/** Makes words that follow each other without gaps, as the attention gives them. */
function wordsAt(...edgesMs: number[]): Word[] {
  return edgesMs
    .slice(1)
    .map((endMs, index) => ({ word: `w${index}`, startMs: edgesMs[index]!, endMs, confidence: 0.9 }));
}

const times = (words: Word[]) => words.map(({ startMs, endMs }) => [startMs, endMs]);

test.each<[string, { total: number; stretches: [number, number][]; edges: number[]; expected: [number, number][] }]>([
  [
    'a word begins where sound begins',
    { total: 1000, stretches: [[300, 700]], edges: [0, 1000], expected: [[300, 700]] },
  ],
  [
    'a pause belongs to no word',
    {
      total: 2000,
      stretches: [
        [200, 600],
        [1400, 1800],
      ],
      edges: [0, 900, 2000],
      expected: [
        [200, 600],
        [1400, 1800],
      ],
    },
  ],
  [
    'a boundary in the word before the pause moves to the pause',
    {
      total: 2000,
      stretches: [
        [200, 800],
        [1400, 1800],
      ],
      edges: [0, 650, 2000],
      expected: [
        [200, 800],
        [1400, 1800],
      ],
    },
  ],
  [
    'a boundary in the word after the pause moves to the pause',
    {
      total: 2000,
      stretches: [
        [200, 600],
        [1200, 1800],
      ],
      edges: [0, 1350, 2000],
      expected: [
        [200, 600],
        [1200, 1800],
      ],
    },
  ],
  [
    'each pause takes the boundary that is nearest',
    {
      total: 3000,
      stretches: [
        [200, 600],
        [1000, 1900],
        [2300, 2800],
      ],
      edges: [0, 700, 1400, 2000, 3000],
      expected: [
        [200, 600],
        [1000, 1400],
        [1400, 1900],
        [2300, 2800],
      ],
    },
  ],
  [
    'a stop inside of a word is no pause',
    {
      total: 1500,
      stretches: [
        [200, 600],
        [660, 1200],
      ],
      edges: [0, 1500],
      expected: [[200, 1200]],
    },
  ],
  [
    'a pause inside of the only word splits nothing',
    {
      total: 1500,
      stretches: [
        [200, 500],
        [700, 1200],
      ],
      edges: [0, 1500],
      expected: [[200, 1200]],
    },
  ],
])('%s', (_title, { total, stretches, edges, expected }) => {
  expect(times(fitWordsToSound(wordsAt(...edges), sound(total, stretches)))).toEqual(expected);
});

test('words in noise that never falls silent keep their times', () => {
  const words = wordsAt(0, 400, 900, 1500);
  expect(times(fitWordsToSound(words, whiteNoise(msToSamples(1500), { rms: 0.1 })))).toEqual(times(words));
});

test('digital silence, or no words at all, cause no error', () => {
  expect(fitWordsToSound([], new Float32Array(16_000))).toEqual([]);
  expect(times(fitWordsToSound(wordsAt(0, 500, 1000), new Float32Array(16_000)))).toEqual([
    [0, 500],
    [500, 1000],
  ]);
});

test('whatever the sound, words stay in order and inside the audio', () => {
  const edges = fc
    .array(fc.integer({ min: 0, max: 3000 }), { minLength: 2, maxLength: 12 })
    .map((list) => list.sort((a, b) => a - b));
  const stretches = fc.array(fc.tuple(fc.integer({ min: 0, max: 2900 }), fc.integer({ min: 0, max: 600 })), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(edges, stretches, (edgesMs, places) => {
      const words = wordsAt(...edgesMs);
      const fitted = fitWordsToSound(
        words,
        sound(
          3000,
          places.map(([from, length]) => [from, Math.min(3000, from + length)]),
        ),
      );
      expect(fitted.map(({ word }) => word)).toEqual(words.map(({ word }) => word));
      const flat = fitted.flatMap(({ startMs, endMs }) => [startMs, endMs]);
      expect(flat).toEqual([...flat].sort((a, b) => a - b));
      expect(flat.every((ms) => ms >= 0 && ms <= 3000)).toBe(true);
    }),
    { numRuns: 50 },
  );
});
