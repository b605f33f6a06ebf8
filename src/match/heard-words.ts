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
  const links = new Set([...ones, ...[...language.and, ...language.scaleLinks, ...language.zeros].map(fold)]);
  const isLinked = reachesFrom(
    isNumber,
    folded.map((word) => links.has(word)),
  );
  return words.map((word, at) => ({
    word,
    folded: folded[at]!,
    isLast: at === words.length - 1,
    isNumber: isNumber[at]!,
    isOfNumber: (isNumber[at + 1] === true && kinds.isBeforeNumbers(folded[at]!)) || isLinked[at]!,
  }));
}

/** Whether each link is beside a number, or beside other links that are. */
function reachesFrom(isNumber: readonly boolean[], isLink: readonly boolean[]): boolean[] {
  const reached = isLink.map((link, at) => link && (isNumber[at - 1] === true || isNumber[at + 1] === true));
  const spread = (at: number, from: number): void => {
    reached[at] ||= isLink[at]! && reached[from] === true;
  };
  for (let at = 1; at < reached.length; at++) spread(at, at - 1);
  for (let at = reached.length - 2; at >= 0; at--) spread(at, at + 1);
  return reached;
}
