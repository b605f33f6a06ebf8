import type { Language } from '../../language/index.ts';
import type { Pattern } from '../pattern.ts';
import { endsOf, table, type Part } from './spoken-part.ts';

/** How many signs are said. */
export interface LengthOptions {
  /** Default 1. */
  min?: number;
  /** Default 24. */
  max?: number;
}

export const defaultLength = { min: 1, max: 24 };
const longest = 64;

/** Returns what is wrong with the bounds. */
export function lengthProblems(min: number, max: number): string[] {
  return [min, max].every(Number.isInteger) && min >= 1 && min <= max && max <= longest
    ? []
    : [`min and max must be whole numbers from 1 to ${longest}, and min not above max`];
}

/** Single digits, numbers below a hundred, and "oh": what numbers are spelled with. */
export function digitWords(language: Language): Part<string> {
  const numbers = Array.from({ length: 100 }, (_, number) => number);
  return table([
    ...numbers.slice(0, 10).map((number) => [String(number), String(number)] as const),
    ...numbers.flatMap((number) => language.spell(number).map((way) => [way, String(number)] as const)),
    ...language.zeros.map((way) => [way, '0'] as const),
  ]);
}

/** One sign said two or three times: "double three". */
export function repeated(sign: Part<string>, language: Language): Part<string> {
  const times = table([
    ...(language.things?.double ?? []).map((way) => [way, 2] as const),
    ...(language.things?.triple ?? []).map((way) => [way, 3] as const),
  ]);
  return {
    pattern: { kind: 'sequence', parts: [times.pattern, sign.pattern] },
    *read(words, at) {
      for (const { value: count, end } of times.read(words, at))
        for (const { value, end: last } of sign.read(words, end)) yield { value: value.repeat(count), end: last };
    },
  };
}

/** Signs in a row. At each place the reading with the most words is taken, as in "twenty five". */
export function inRow(sign: Part<string>, most: number): Part<string> {
  let pattern: Pattern = sign.pattern;
  for (let count = 1; count < most; count++)
    pattern = { kind: 'sequence', parts: [sign.pattern, { kind: 'optional', part: pattern }] };
  return {
    pattern,
    *read(words, at) {
      let [said, from] = ['', at];
      while (from < words.length) {
        const end = Math.max(0, ...endsOf(sign, words, from));
        if (end <= from) return;
        for (const reading of sign.read(words, from)) {
          if (reading.end !== end) continue;
          said += reading.value;
          break;
        }
        from = end;
        yield { value: said, end };
      }
    },
  };
}
