import type { Grammar } from '../grammar/index.ts';
import type { WordKinds } from './near-costs.ts';

/** One word that was heard, with what its neighbours make of it. */
export interface HeardWord {
  word: string;
  folded: string;
  isLast: boolean;
  isNumber: boolean;
  /** Whether the word is a part of what is said about a number: "to" in "to 50", "eine" in "hundert eine". */
  isOfNumber: boolean;
}

/** Prepares the words of a phrase for the search. */
export function heardWords(
  words: readonly string[],
  { fold, language }: Pick<Grammar, 'fold' | 'language'>,
  kinds: WordKinds,
): HeardWord[] {
  const folded = words.map(fold);
  const ones = new Set([...language.spell(1), ...language.one].map(fold));
  const units = new Set(Object.values(language.units).flat().map(fold));
  const isNumber = folded.map(
    (word, at) => kinds.isNumber(word) || (ones.has(word) && units.has(folded[at + 1] ?? '')),
  );
  return words.map((word, at) => ({
    word,
    folded: folded[at]!,
    isLast: at === words.length - 1,
    isNumber: isNumber[at]!,
    isOfNumber:
      (isNumber[at + 1] === true && kinds.isBeforeNumbers(folded[at]!)) ||
      (isNumber[at - 1] === true && ones.has(folded[at]!)),
  }));
}
