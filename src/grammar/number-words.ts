import type { Language } from '../language/index.ts';
import { foldWord } from './fold.ts';

/**
 * The words of these numbers are those of all numbers. Each number up to a thousand is listed, because German writes it
 * as a single word.
 */
const values = [...Array.from({ length: 1001 }, (_, value) => value), 1100, 2000];

const known = new WeakMap<Language, ReadonlySet<string>>();

/**
 * Returns the folded words of which numbers, their signs and decimals are made. Words that also occur beside any other
 * word, such as articles and "and", are not among them.
 */
export function numberWordsOf(language: Language): ReadonlySet<string> {
  let words = known.get(language);
  if (!words) {
    const phrases = [...values.flatMap((value) => language.spell(value)), ...language.minus, ...language.point];
    const common = new Set([...language.one, ...language.and, ...language.weak].map(foldWord));
    const all = phrases.flatMap((phrase) => phrase.split(' ')).map(foldWord);
    words = new Set(all.filter((word) => !common.has(word)));
    known.set(language, words);
  }
  return words;
}
