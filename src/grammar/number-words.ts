import { firstScale, type Language } from '../language/index.ts';
import { foldWord } from './fold.ts';

const known = new WeakMap<Language, ReadonlySet<string>>();

/**
 * Returns the folded words of which numbers, their signs and decimals are made. Words that also occur beside any other
 * word, such as articles and "and", are not among them.
 */
export function numberWordsOf(language: Language): ReadonlySet<string> {
  let words = known.get(language);
  if (!words) {
    const limit = firstScale(language);
    // Each number below the first scale is listed, because some languages write it as a single word.
    const small = Array.from({ length: Number.isFinite(limit) ? limit : 100 }, (_, value) => language.spell(value));
    const scales = language.scales.flatMap(({ value, one, words }) => [...one, ...words, ...language.spell(2 * value)]);
    const others = [...language.minus, ...language.point, ...Object.keys(language.amounts)];
    const common = new Set([...language.one, ...language.and, ...language.weak].map(foldWord));
    const all = new Set([...small.flat(), ...scales, ...others].flatMap((phrase) => phrase.split(' ')));
    words = new Set([...all].map(foldWord).filter((word) => !common.has(word)));
    known.set(language, words);
  }
  return words;
}
