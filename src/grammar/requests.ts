import type { Language } from '../language/index.ts';
import { foldWord } from './fold.ts';
import type { GrammarParts } from './parts.ts';
import { perLanguage } from './slots/per-language.ts';
import { tokenize } from './tokenize.ts';

interface Known {
  /** The longest first. */
  starts: readonly (readonly string[])[];
  /** What may be said in front of a start: at most one of each. */
  openings: readonly (readonly string[])[];
  ends: readonly (readonly string[])[];
  turning: ReadonlySet<string>;
}

const fold = (phrase: string): string[] => tokenize(phrase).map(foldWord);
const byLength = (phrases: readonly string[]): string[][] => phrases.map(fold).sort((a, b) => b.length - a.length);
const knownOf = perLanguage((language: Language): Known => {
  const starts = (language.requests?.starts ?? []).map(tokenize).sort((a, b) => b.length - a.length);
  const isStart = (phrase: string): boolean => starts.some((start) => start.join(' ') === tokenize(phrase).join(' '));
  return {
    starts,
    openings: byLength([...language.openings, ...language.politeStart.filter((phrase) => !isStart(phrase))]),
    ends: byLength(language.politeEnd),
    turning: new Set(language.turning.flatMap(fold)),
  };
});

/**
 * Returns the commands that words would be if they commanded instead of asking politely: "mach das Licht an" for
 * "kannst du das Licht anmachen". The verb must be right where a request has it, so that nothing may stand between that
 * turns the request around.
 */
export function commandsOfRequest({ language, lexicon }: GrammarParts, words: readonly string[]): string[][] {
  const { requests } = language;
  if (!requests || words.length === 0) return [];
  const { starts, openings, ends, turning } = knownOf(language);
  const folded = words.map(foldWord);
  const begun = [0, ...openings.filter((phrase) => isAt(folded, phrase, 0)).map(({ length }) => length)];
  const from = begun.flatMap((at) =>
    starts.filter((start) => isAt(words, start, at)).map(({ length }) => at + length),
  )[0];
  if (from === undefined) return [];
  const end = ends.find((phrase) => isAt(folded, phrase, words.length - phrase.length)) ?? [];
  const to = words.length - end.length;
  const at = requests.isLast ? to - 1 : from;
  if (at < from || (requests.isLast && folded.slice(from, to).some((word) => turning.has(word)))) return [];
  const rest = [...words.slice(from, at), ...words.slice(at + 1, to)];
  return requests.imperatives(folded[at]!).flatMap((imperative) => {
    const [verb, ...particle] = imperative.split(' ') as [string, ...string[]];
    return lexicon.find(verb) < 0 ? [] : [[verb, ...rest, ...particle, ...words.slice(to)]];
  });
}

function isAt(words: readonly string[], phrase: readonly string[], at: number): boolean {
  return at >= 0 && phrase.every((word, i) => words[at + i] === word);
}
