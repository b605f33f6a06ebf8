import { z } from 'zod';
import type { Language } from '../../language/index.ts';
import { numberEnds } from '../numbers/number-ends.ts';
import { NumberReader } from '../numbers/number-reader.ts';
import { foldWord } from '../fold.ts';
import { tokenize } from '../tokenize.ts';
import { numberPhrases } from './number-phrases.ts';
import type { Slot } from './slot.ts';
import { SpokenValues } from './spoken-values.ts';

/** The bounds of a percentage, both inclusive. */
export interface PercentOptions {
  /** Default 0. */
  min?: number;
  /** Default 100. */
  max?: number;
  /** The distance between two values; default 1. */
  step?: number;
}

/** The most values that a percentage may have. */
const mostValues = 10_001;

/** Words that are a percentage by themselves: "half", "full". */
const wholes = new SpokenValues<number>((language) => Object.entries(language.percentWords), { isComplete: true });

/** A percentage: "fifty percent", "50%", "50", "half", "full". The value is 0–100, not 0–1. */
export function percent(options: PercentOptions = {}): Slot<number> {
  const { min = 0, max = 100, step = 1 } = options;
  const fits = (value: number): boolean =>
    value >= min && value <= max && Math.abs(value / step - Math.round(value / step)) < 1e-6;
  const parse = (words: readonly string[], language: Language): number | undefined => {
    const number = withoutSign(words, language);
    const value = wholes.find(words, language) ?? NumberReader.of(language).read(number);
    return value !== undefined && fits(value) ? value : undefined;
  };
  return {
    type: 'percent',
    schema: z
      .number()
      .min(min)
      .max(max)
      .refine(fits, { error: () => `a multiple of ${step} was expected` }),
    key: `percent:${min}:${max}:${step}`,
    vagueness: 0.1,
    guessable: false,
    problems: () => {
      if (min > max) return [`min (${min}) is above max (${max}), so there is no percentage to say`];
      if (!(step > 0)) return [`step must be above 0, it is ${step}`];
      if (![min, max].every((bound) => bound >= 0 && bound <= 1000 && fits(bound)))
        return [`min and max must be ${step === 1 ? 'whole numbers' : `multiples of ${step}`} from 0 to 1000`];
      return (max - min) / step < mostValues ? [] : [`there are more than ${mostValues} values; use a larger step`];
    },
    pattern: (language) => ({ kind: 'phrases', phrases: listed({ min, max, step }, language), areAlike: true }),
    parse,
    ends: (words, at, language) =>
      numberEnds(words, at, language, {
        hasValue: (some) => parse(some, language) !== undefined,
        isPart: (word) => [...signsOf(language), ...startsOf(language)].some((sign) => sign.includes(foldWord(word))),
      }),
    hint: () => `${min} to ${max} percent`,
  };
}

function withoutSign(words: readonly string[], language: Language): readonly string[] {
  const start = startsOf(language).find((start) => start.every((word, i) => foldWord(words[i] ?? '') === word));
  if (start) return words.slice(start.length);
  const last = words.at(-1) ?? '';
  if (last.endsWith('%') && last.length > 1) return [...words.slice(0, -1), last.slice(0, -1)];
  const folded = words.map(foldWord);
  const sign = signsOf(language).find(
    (sign) => sign.length < words.length && sign.every((word, i) => folded[words.length - sign.length + i] === word),
  );
  return sign ? words.slice(0, -sign.length) : words;
}

function signsOf(language: Language): string[][] {
  return language.percent.map((sign) => tokenize(sign).map(foldWord)).filter((sign) => sign.length > 0);
}

function startsOf(language: Language): string[][] {
  return language.percentStarts.map((start) => tokenize(start).map(foldWord));
}

function* listed({ min, max, step }: Required<PercentOptions>, language: Language): Iterable<string[]> {
  const signs = language.percent.map(tokenize);
  for (let i = 0; i <= Math.floor((max - min) / step + 1e-9); i++) {
    const value = Number((min + i * step).toFixed(6));
    for (const phrase of numberPhrases(value, language)) {
      const words = tokenize(phrase);
      yield words;
      if (words.length === 1 && /^\d/.test(words[0]!)) yield [`${words[0]!}%`];
      for (const sign of signs) yield [...words, ...sign];
      for (const start of language.percentStarts) yield [...tokenize(start), ...words];
    }
  }
  for (const [phrase, value] of Object.entries(language.percentWords))
    if (value >= min && value <= max) yield tokenize(phrase);
}
