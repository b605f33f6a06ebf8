import { foldWord, NumberReader, perLanguage, type Grammar } from '../grammar/index.ts';
import type { WordKinds } from './near-costs.ts';

/** One word that was heard, with what its neighbours make of it and what the search asks for in each of its states. */
export interface HeardWord {
  word: string;
  folded: string;
  /** Its number in the lexicon, or -1. */
  id: number;
  /**
   * What it costs to leave it out. Infinity when it must not be ignored, as what is said about a number: "to" in
   * "to 50", "eine" in "hundert eine".
   */
  extra: number;
  /** Whether it makes a phrase doubtful that has no place for it. */
  isUnexplained: boolean;
  isContent: boolean;
  isPolite: boolean;
  support: number;
  /** Whether it may be another word misheard. */
  canBeMisheard: boolean;
  isNumber: boolean;
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
  { fold, language, lexicon }: Pick<Grammar, 'fold' | 'language' | 'lexicon'>,
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
    (at) =>
      links.has(folded[at]!) || kinds.numbersLike(folded[at]!).some((like) => isInNumber(folded.with(at, like), at)),
  );
  const end = unfinishedFrom(folded, (word) => kinds.isContent(word) || (kinds.isPolite(word) && !ands.has(word)));
  return words.map((word, at) => {
    const plain = folded[at]!;
    const isOfNumber =
      (isNumber[at + 1] === true && kinds.isBeforeNumbers(plain)) ||
      (ands.has(plain) && ones.has(folded[at + 1] ?? '')) ||
      (at >= end && isNumber[end - 1] === true) ||
      isLinked[at]!;
    const extra = isOfNumber ? Infinity : kinds.extra(plain);
    const [isContent, isPolite] = [kinds.isContent(plain), kinds.isPolite(plain)];
    return {
      word,
      folded: plain,
      id: lexicon.find(plain),
      extra,
      // Whoever has finished does not end with an article or a preposition: "turn on the lights in the".
      isUnexplained: isContent || (at === words.length - 1 && !isPolite && extra > 0),
      isContent,
      isPolite,
      support: kinds.support(plain),
      isNumber: isNumber[at]!,
      canBeMisheard: !isOfNumber && kinds.canBeMisheard(plain),
    };
  });
}

/** Returns where the articles and prepositions begin with which the words break off: there, a number may go on. */
function unfinishedFrom(folded: readonly string[], mayBeLast: (word: string) => boolean): number {
  return folded.findLastIndex(mayBeLast) + 1;
}

/** Whether each link is beside a number, or beside other links that are. No other word is asked whether it is one. */
function reachesFrom(isNumber: readonly boolean[], isLink: (at: number) => boolean): boolean[] {
  const reached = isNumber.map(() => false);
  const spread = (from: number, step: 1 | -1): void => {
    for (let at = from + step; at >= 0 && at < reached.length && (reached[at] || isLink(at)); at += step)
      reached[at] = true;
  };
  isNumber.forEach((is, at) => {
    if (!is) return;
    spread(at, 1);
    spread(at, -1);
  });
  return reached;
}
