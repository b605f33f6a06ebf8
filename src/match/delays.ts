import {
  delayNames,
  delaySlot,
  firstDelaySlot,
  foldWord,
  takesTimes,
  type DelayCapture,
  type Grammar,
  type Parse,
  withoutFillers,
} from '../grammar/index.ts';
import type { CommandMatch, Delay } from '../types.ts';
import type { MatchedSlot, MatchResult } from './result.ts';

/** Words that say when a command is to run, and the words without them. */
export interface SplitPhrase {
  delay: DelayCapture;
  rest: readonly string[];
}

/** Returns the delay of a phrase as a match has it; `said` is the whole phrase. */
export function delayOf({ words, value, isFirst }: DelayCapture, said: readonly string[]): Delay {
  const folded = said.map(foldWord);
  const isAt = (at: number): boolean => words.every((word, i) => folded[at + i] === foldWord(word));
  const places = [...said.keys()].filter(isAt);
  const at = isFirst ? places[0] : places.at(-1);
  const rest = at === undefined ? said : isFirst ? said.slice(at + words.length) : said.slice(0, at);
  return { moment: value, words: words.join(' '), phrase: rest.join(' ') };
}

/** Returns the delay of a parse as a slot, before or after those of its command. */
export function withDelaySlot(slots: readonly MatchedSlot[], { delay }: Pick<Parse, 'delay'>): MatchedSlot[] {
  if (!delay) return [...slots];
  const slot = { name: delay.name, words: delay.words.join(' '), value: delay.value };
  return delay.isFirst ? [slot, ...slots] : [...slots, slot];
}

/** Whether a command of the grammar may run later. */
export function hasDelays({ phrases }: Grammar): boolean {
  return phrases.some(({ command }) => command.delayable === true);
}

/** Finds the words at the end of a phrase, or at its beginning, that say when a command is to run. */
export function splitDelay(words: readonly string[], { language }: Grammar): SplitPhrase | undefined {
  const split = (name: string, from: number, to: number): SplitPhrase | undefined => {
    const said = words.slice(from, to);
    const isFirst = name === delayNames.first;
    const value = (isFirst ? firstDelaySlot : delaySlot).parse(said, language);
    if (value === undefined) return undefined;
    return { delay: { name, words: said, value, isFirst }, rest: isFirst ? words.slice(to) : words.slice(0, from) };
  };
  for (let from = 1; from < words.length; from++) {
    const found = split(delayNames.last, from, words.length);
    if (found) return found;
  }
  for (let to = words.length - 1; to > 0; to--) {
    const found = split(delayNames.first, 0, to);
    if (found) return found;
  }
  return undefined;
}

/** Whether a match that was found without regard to a delay has its words in its phrase, as free text may. */
export function keepsDelay({ phrase }: CommandMatch, { delay }: SplitPhrase): boolean {
  const said = phrase.split(' ');
  return delay.words.every((word) => said.includes(word));
}

/** Returns the result of the other words with the delay, or without its match if that is not for later. */
export function withDelay<T extends Pick<MatchResult, 'match' | 'slots' | 'candidates' | 'reason'>>(
  result: T,
  { delay }: SplitPhrase,
  grammar: Grammar,
): T {
  const { match, ...others } = result;
  if (!match) return result;
  const words = delay.words.join(' ');
  const isDelayable = grammar.phrases.some(
    ({ command }) => command.name === match.command && command.delayable === true,
  );
  if (!isDelayable) return { ...others, reason: grammar.language.sentences.unknownBeside(words) } as T;
  const phrase = delay.isFirst ? `${words} ${match.phrase}` : `${match.phrase} ${words}`;
  return {
    ...result,
    match: { ...match, phrase, delay: { moment: delay.value, words, phrase: match.phrase } },
    slots: withDelaySlot(result.slots ?? [], { delay }),
  };
}

/** Whether a text says when a command is to run, or breaks off while it does. */
export function saysDelay(text: string, grammar: Grammar): boolean {
  const words = withoutFillers(grammar, grammar.tokenize(text));
  return splitDelay(words, grammar) !== undefined || grammar.walk(words).isInDelay;
}

/**
 * Returns the words that may be a value of the command, such as "at eight" for 8 percent, as well as the time at which
 * it is to run.
 */
export function eitherValueOrTime(best: Parse, parses: readonly Parse[]): string | undefined {
  if (best.delay) return undefined;
  const values = best.captures.filter(({ name }) => {
    const slot = best.command.slots[name];
    return slot && !slot.guessable && slot.vagueness < 0.5 && !takesTimes(slot);
  });
  const other = parses.find(
    ({ delay }) => delay && values.some(({ words }) => words.every((word) => delay.words.includes(word))),
  );
  return other?.delay?.words.join(' ');
}
