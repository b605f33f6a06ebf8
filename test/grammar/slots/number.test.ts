import { describe, expect, test } from 'vitest';
import { number, ordinal, percent } from '../../../src/grammar/index.ts';
import { read } from './read.ts';

const large = number({ min: -1e12, max: 1e12, step: 0.001 });

describe('a number with a part of a whole', () => {
  test.each([
    ['en', 'five and a half million', 5_500_000],
    ['en', 'two and three quarters billion', 2_750_000_000],
    ['en', 'five million and a half', 5_500_000],
    ['en', 'half a million', 500_000],
    ['en', 'two out of five hundred', 0.004],
    ['en', 'three hundred and two dozen', undefined],
    ['de', 'fünf und drei viertel Milliarden', 5_750_000_000],
    ['de', 'fünfeinhalb Millionen', 5_500_000],
    ['de', 'dreiviertel', 0.75],
    ['de', 'zweifünftel', 0.4],
    ['fr', 'cinq millions et demi', 5_500_000],
    ['es', 'cinco millones y medio', 5_500_000],
  ])('%s “%s” is %s', (language, words, value) => {
    const found = read(large, words, language);
    if (value === undefined) expect(found).toBeUndefined();
    else expect(found).toBeCloseTo(value, 9);
  });
});

test('percent and ordinals in Spanish, in all their forms', () => {
  expect(read(percent(), 'ochenta y cuatro por cien', 'es')).toBe(84);
  expect(['tercero', 'tercera', 'terceros', 'terceras', 'tercer'].map((word) => read(ordinal(), word, 'es'))).toEqual([
    3, 3, 3, 3, 3,
  ]);
});
