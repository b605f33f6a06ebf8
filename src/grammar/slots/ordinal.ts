import { z } from 'zod';
import type { Language } from '../../language/index.ts';
import { numberEnds } from '../numbers/number-ends.ts';
import { OrdinalReader } from '../numbers/ordinal-reader.ts';
import type { Pattern } from '../pattern.ts';
import { optional } from '../pattern-parts.ts';
import { tokenize } from '../tokenize.ts';
import type { Slot } from './slot.ts';

/** The bounds of an ordinal, both inclusive. */
export interface OrdinalOptions {
  /** Default 1. */
  min?: number;
  /** Default 100. */
  max?: number;
}

/** The largest ordinal. */
const largest = 1000;

/** A place in a row: "third", "twenty-first", "3rd". The value is a whole number. */
export function ordinal(options: OrdinalOptions = {}): Slot<number> {
  const { min = 1, max = 100 } = options;
  const parse = (words: readonly string[], language: Language): number | undefined => {
    const value = OrdinalReader.of(language).read(words);
    return value !== undefined && value >= min && value <= max ? value : undefined;
  };
  return {
    type: 'ordinal',
    schema: z.int().min(min).max(max),
    key: `ordinal:${min}:${max}`,
    vagueness: 0.1,
    guessable: false,
    problems: () => {
      if (![min, max].every((bound) => Number.isInteger(bound) && bound >= 1 && bound <= largest))
        return [`min and max must be whole numbers from 1 to ${largest}`];
      return min > max ? [`min (${min}) is above max (${max}), so there is nothing to say`] : [];
    },
    pattern: (language) => ordinalPattern(min, max, language),
    parse,
    ends: (words, at, language) =>
      numberEnds(words, at, language, {
        hasValue: (some) => parse(some, language) !== undefined,
        isPart: (word) => OrdinalReader.of(language).isPart(word),
      }),
    hint: (language) => `such as "${language.ordinal(Math.max(min, Math.min(3, max)))[0]!}"`,
  };
}

function ordinalPattern(min: number, max: number, language: Language): Pattern {
  const named = Array.from({ length: Math.max(0, max - min + 1) }, (_, i) => min + i).flatMap((value) => [
    ...language.ordinal(value).map(tokenize),
    [String(value)],
    ...language.ordinalMarks.map((mark) => [String(value), ...tokenize(mark)]),
  ]);
  const start: Pattern = { kind: 'phrases', phrases: language.ordinalStarts.map(tokenize) };
  const places: Pattern = { kind: 'phrases', phrases: named, areAlike: true };
  return { kind: 'sequence', parts: [...(language.ordinalStarts.length > 0 ? [optional(start)] : []), places] };
}
