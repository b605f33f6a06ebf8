import { z } from 'zod';
import type { Language } from '../../language/index.ts';
import { numberEnds } from '../numbers/number-ends.ts';
import { composedNumbers } from '../numbers/number-pattern.ts';
import { NumberReader } from '../numbers/number-reader.ts';
import { tokenize } from '../tokenize.ts';
import { numberPhrases } from './number-phrases.ts';
import type { Slot } from './slot.ts';

/** The bounds of a number, both inclusive. */
export interface NumberOptions {
  /** Default 0. */
  min?: number;
  /** Default 1,000. */
  max?: number;
  /** The distance between two values, counted from `min`; default 1. */
  step?: number;
}

/** Of a larger range, not every number is listed, but numbers are put together from their words. */
const mostListed = 2000;
/** The largest number, without its sign. Up to here a step of 0.001 is exact. */
const largest = 1e12;

/** A number between two bounds, in digits or words. */
export function number(options: NumberOptions = {}): Slot<number> {
  const { min = 0, max = 1000, step = 1 } = options;
  const range = { min, max, step };
  const fits = (value: number): boolean => onStep(value, range) !== undefined && value >= min && value <= max;
  const parse = (words: readonly string[], language: Language): number | undefined => {
    const value = NumberReader.of(language).read(withoutSign(words, language));
    return value !== undefined && fits(value) ? onStep(value, range) : undefined;
  };
  return {
    type: 'number',
    schema: z
      .number()
      .min(min)
      .max(max)
      .refine(fits, { error: () => `a multiple of ${step} from ${min} was expected` }),
    key: `number:${min}:${max}:${step}`,
    vagueness: 0.1,
    guessable: false,
    problems: () => {
      if (![min, max, step].every(Number.isFinite)) return ['min, max and step must be finite numbers'];
      if (step <= 0) return [`step must be above 0, it is ${step}`];
      if (Math.max(-min, max) > largest) return [`min and max must be from −${largest} to ${largest}`];
      return min > max ? [`min (${min}) is above max (${max}), so there is no number to say`] : [];
    },
    pattern: (language) =>
      (max - min) / step < mostListed
        ? { kind: 'phrases', phrases: listed(range, language), areAlike: true }
        : composedNumbers(range, language),
    parse,
    ends: (words, at, language) =>
      numberEnds(words, at, language, {
        hasValue: (some) => parse(some, language) !== undefined,
        isPart: (word) => Object.hasOwn(language.unitSigns, word),
      }),
    hint: () => `a number from ${min} to ${max}`,
  };
}

/** Money written with its sign, "$20", is the number 20. */
function withoutSign(words: readonly string[], language: Language): readonly string[] {
  return words.length > 1 && Object.hasOwn(language.unitSigns, words.at(-1)!) ? words.slice(0, -1) : words;
}

/** Returns the value of the range that a number is, or undefined when it lies between two of them. */
function onStep(value: number, { min, step }: { min: number; step: number }): number | undefined {
  // Counted from the value nearest to zero, since a distant `min` would cost digits.
  const first = min - Math.round(min / step) * step;
  const steps = Math.round((value - first) / step);
  const exact = Number((first + steps * step).toPrecision(15));
  return Math.abs(exact - value) <= Math.max(1e-9, step * 1e-6) ? exact : undefined;
}

function* listed({ min, max, step }: Required<NumberOptions>, language: Language): Iterable<string[]> {
  const count = Math.floor((max - min) / step + 1e-9) + 1;
  if (!(count > 0) || step <= 0) return;
  for (let i = 0; i < count; i++)
    for (const phrase of numberPhrases(Number((min + i * step).toFixed(6)), language)) yield tokenize(phrase);
}
