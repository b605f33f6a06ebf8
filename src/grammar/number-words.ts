import type { Language } from '../language/index.ts';
import { foldWord } from './tokenize.ts';

/** Numbers whose words are those of all others: each up to a thousand, since German writes one as a single word. */
const values = [...Array.from({ length: 1001 }, (_, value) => value), 1100, 2000];

const known = new WeakMap<Language, ReadonlySet<string>>();

/**
 * The folded words that numbers, their signs and decimals are made of; not those that stand beside any other word too,
 * such as articles and "and".
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
