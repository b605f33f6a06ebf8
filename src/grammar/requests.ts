import type { Language } from '../language/index.ts';
import { foldWord } from './fold.ts';
import type { GrammarParts } from './parts.ts';
import { delaySlot, firstDelaySlot, knowsDelays } from './slots/delay.ts';
import { perLanguage } from './slots/per-language.ts';
import { tokenize } from './tokenize.ts';

interface Known {
  /** The longest first. */
  starts: readonly (readonly string[])[];
  /** What may be said in front of a start: at most one of each. */
  openings: readonly (readonly string[])[];
  ends: readonly (readonly string[])[];
  /** What ends a request and no command. */
  ownEnds: readonly (readonly string[])[];
  helpers: ReadonlySet<string>;
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
    ownEnds: byLength(language.requests?.ends ?? []),
    helpers: new Set(language.requests?.helpers?.flatMap(fold)),
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
  const { starts, openings, ends, ownEnds, turning } = knownOf(language);
  const folded = words.map(foldWord);
  const begun = [0, ...openings.filter((phrase) => isAt(folded, phrase, 0)).map(({ length }) => length)];
  const from = begun.flatMap((at) =>
    starts.filter((start) => isAt(words, start, at)).map(({ length }) => at + length),
  )[0];
  if (from === undefined) return [];
  const lengthOfEnd = (phrases: typeof ends, to: number): number =>
    phrases.find((phrase) => isAt(folded, phrase, to - phrase.length))?.length ?? 0;
  const last = words.length - lengthOfEnd(ends, words.length);
  const to = last - lengthOfEnd(ownEnds, last);
  return verbPlaces(requests.verb, from, to).flatMap((at) => {
    const imperatives = requests.imperatives(folded[at]!).map((way) => way.split(' ') as [string, ...string[]]);
    const known = imperatives.filter(([verb]) => lexicon.find(verb) >= 0);
    if (known.length === 0) return [];
    // Right behind the verb, there are only the words of the command.
    if (requests.verb !== 'first' && folded.slice(at + 1, to).some((word) => turning.has(word))) return [];
    return partsOf(words.slice(from, at), language).flatMap(({ delay, rest }) =>
      known.map(([verb, ...particle]) => [
        ...delay,
        verb,
        ...rest,
        ...particle,
        ...words.slice(at + 1, to),
        ...words.slice(last),
      ]),
    );
  });
}

function verbPlaces(verb: NonNullable<Language['requests']>['verb'], from: number, to: number): number[] {
  if (verb === 'anywhere') return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
  const at = verb === 'last' ? to - 1 : from;
  return at < from || at >= to ? [] : [at];
}

/**
 * Returns what stands between the start and the verb, without words that only make it politer; and also with a delay
 * apart, which a command has in front: "in zehn Minuten mach das Licht aus". Nothing if it may turn the request around.
 */
function partsOf(before: readonly string[], language: Language): { delay: string[]; rest: string[] }[] {
  const { turning, helpers } = knownOf(language);
  const said = helpers.has(foldWord(before.at(-1) ?? '')) ? before.slice(0, -1) : before;
  const ways = [{ delay: [] as string[], rest: [...said] }];
  if (knowsDelays(language)) {
    for (const end of firstDelaySlot.ends?.(said, 0, language) ?? [])
      ways.push({ delay: said.slice(0, end), rest: said.slice(end) });
    for (let at = 1; at < said.length; at++)
      if (delaySlot.parse(said.slice(at), language) !== undefined)
        ways.push({ delay: said.slice(at), rest: said.slice(0, at) });
  }
  return ways.filter(({ rest }) => !rest.some((word) => turning.has(foldWord(word))));
}

function isAt(words: readonly string[], phrase: readonly string[], at: number): boolean {
  return at >= 0 && phrase.every((word, i) => words[at + i] === word);
}
