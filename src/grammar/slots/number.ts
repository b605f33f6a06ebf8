import { z } from 'zod';
import type { Slot } from './slot.ts';
import { numberPhrases, readDigits } from './number-phrases.ts';
import { SpokenValues } from './spoken-values.ts';

/** Bounds of a number; both ends belong to it. */
export interface NumberOptions {
  /** Default 0. */
  min?: number;
  /** Default 1,000. */
  max?: number;
  /** Distance between two values, counted from `min`; default 1. */
  step?: number;
}

/** Values listed word by word; a larger range is spelled nearest to zero, and digits are accepted over all of it. */
const maxListed = 5000;

/** A number between two bounds, in digits or words. */
export function number(options: NumberOptions = {}): Slot<number> {
  const { min = 0, max = 1000, step = 1 } = options;
  const fits = (value: number): boolean => value >= min && value <= max && isOnStep(value - min, step);
  const spoken = new SpokenValues<number>(
    function* (language) {
      for (const value of listedValues(min, max, step))
        for (const phrase of numberPhrases(value, language)) yield [phrase, value];
    },
    { isComplete: true },
  );
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
      return min > max ? [`min (${min}) is above max (${max}), so there is no number to say`] : [];
    },
    pattern: (language) => ({ kind: 'phrases', phrases: spoken.phrases(language) }),
    parse: (words, language) => {
      const digits = words.length === 1 ? readDigits(words[0]!, language) : undefined;
      if (digits !== undefined) return fits(digits) ? digits : undefined;
      return spoken.find(words, language);
    },
    acceptsWord: (word, language) => {
      const digits = readDigits(word, language);
      return digits !== undefined && fits(digits);
    },
    hint: () => `a number from ${min} to ${max}`,
  };
}

function isOnStep(distance: number, step: number): boolean {
  const steps = distance / step;
  return Math.abs(steps - Math.round(steps)) < 1e-6;
}

function listedValues(min: number, max: number, step: number): number[] {
  const count = Math.floor((max - min) / step + 1e-9) + 1;
  if (!(count > 0) || !Number.isFinite(count) || step <= 0) return [];
  const first =
    count <= maxListed || min >= 0
      ? 0
      : Math.max(0, Math.min(count - maxListed, Math.ceil(-min / step) - maxListed / 2));
  return Array.from({ length: Math.min(count, maxListed) }, (_, i) => Number((min + (first + i) * step).toFixed(6)));
}
