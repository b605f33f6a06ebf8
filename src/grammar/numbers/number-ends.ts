import type { Language } from '../../language/index.ts';
import { NumberReader } from './number-reader.ts';

/** No number is longer, in words. */
const mostWords = 24;

/**
 * Returns where numbers may end that begin at a word: the positions behind all runs of words that have a value.
 * `isPart` tells which words may be part of it, besides those of numbers.
 */
export function numberEnds(
  words: readonly string[],
  at: number,
  language: Language,
  { hasValue, isPart }: { hasValue: (words: readonly string[]) => boolean; isPart?: (word: string) => boolean },
): number[] {
  const reader = NumberReader.of(language);
  const ends: number[] = [];
  for (let end = at; end < Math.min(words.length, at + mostWords); end++) {
    if (!reader.isPart(words[end]!) && isPart?.(words[end]!) !== true) break;
    if (hasValue(words.slice(at, end + 1))) ends.push(end + 1);
  }
  return ends;
}
