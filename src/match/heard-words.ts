import { foldWord, NumberReader, perLanguage, type Grammar } from '../grammar/index.ts';
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

/** The folded words of a language that stand in and beside numbers. */
const besideNumbers = perLanguage((language) => {
  const folded = (words: readonly string[]): ReadonlySet<string> => new Set(words.map(foldWord));
  const ones = folded([...language.spell(1), ...language.one]);
  const ands = folded([...language.and, ...language.scaleLinks]);
  return {
    ones,
    ands,
    units: folded(Object.values(language.units).flat()),
    links: new Set([...ones, ...ands, ...folded(language.zeros)]),
  };
});

/** Prepares the words of a phrase for the search. */
export function heardWords(
  words: readonly string[],
  { fold, language }: Pick<Grammar, 'fold' | 'language'>,
  kinds: WordKinds,
): HeardWord[] {
  const folded = words.map(fold);
  const { ones, units, ands, links } = besideNumbers(language);
  const isNumber = folded.map(
    (word, at) => kinds.isNumber(word) || (ones.has(word) && units.has(folded[at + 1] ?? '')),
  );
  const reader = NumberReader.of(language);
  const isInNumber = (all: readonly string[], at: number): boolean =>
    [[at - 1, at + 1] as const, [at - 2, at + 1] as const, [at, at + 2] as const].some(
      ([from, to]) => from >= 0 && to <= all.length && reader.read(all.slice(from, to)) !== undefined,
    );
  const isLinked = reachesFrom(
    isNumber,
    folded.map(
      (word, at) => links.has(word) || kinds.numbersLike(word).some((like) => isInNumber(folded.with(at, like), at)),
    ),
  );
  return words.map((word, at) => ({
    word,
    folded: folded[at]!,
    isLast: at === words.length - 1,
    isNumber: isNumber[at]!,
    isOfNumber:
      (isNumber[at + 1] === true && kinds.isBeforeNumbers(folded[at]!)) ||
      (ands.has(folded[at]!) && ones.has(folded[at + 1] ?? '')) ||
      isLinked[at]!,
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
