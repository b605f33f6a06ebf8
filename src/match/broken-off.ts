import { allLanguages } from '../language/index.ts';
import type { Alternative, Transcript } from '../types.ts';
import type { Matcher } from './matcher.ts';
import type { Reading } from './readings.ts';
import type { MatchResult } from './result.ts';
import { spokenForms } from './spoken-words.ts';

/** Lead of words, nats, from which they were hardly said. */
const unlikely = 2;

/**
 * A phrase that breaks off, where that fits the sound better than the best whole command: held to the grammar, it can
 * only be read with words that nobody said, or without some that were.
 */
export function brokenOff(matcher: Matcher, transcript: Transcript, best: Reading): MatchResult | undefined {
  const heard = transcript.prompted ?? transcript;
  const [open] = transcript.brokenOff ?? [];
  const isLikelier = (reading: Pick<Alternative, 'logProbability' | 'tokens'>): boolean =>
    reading.logProbability / Math.max(1, reading.tokens) > best.fit;
  const texts = [
    ...(isLikelier(heard) ? [heard.text, transcript.text] : []),
    ...(open && isLikelier(open) ? [open.text] : []),
    withoutEcho(best.result.match.phrase, transcript.text),
  ];
  for (const text of texts) {
    const result = text === undefined ? undefined : matcher.match(text);
    if (result?.completeness === 'incomplete' && !result.match) return result;
  }
  return undefined;
}

/**
 * Whether the free reading breaks off, and the words that would complete it are not what the model would have read
 * there without the prompt.
 */
export function isMadeUpAtEnd(free: MatchResult, { result, evidence }: Reading, { grammar }: Matcher): boolean {
  if (free.completeness !== 'incomplete' || free.match) return false;
  const last = evidence().plain.at(-1);
  const length = spokenForms(result.match.phrase, grammar).length;
  return (
    last !== undefined && last.free.length === 0 && last.heldAt + last.held.length === length && last.lead >= unlikely
  );
}

/** Numbers that sound like the word that often stands before them. */
const echoes = allLanguages.flatMap((language) => language.echoes.map((sounds) => new Set(sounds)));

/**
 * "… to" may be read as "… to 2": the phrase without a number that only repeats the sound of the word before it, which
 * was heard once.
 */
function withoutEcho(phrase: string, free: string): string | undefined {
  const said = phrase.split(' ');
  const heard = free.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const echo = echoes.find((sounds) => sounds.has(said.at(-1)!));
  const repeats = (words: string[]): boolean =>
    [words.at(-1), words.at(-2)].every((word) => echo?.has(word ?? '') === true);
  return repeats(said) && echo?.has(heard.at(-1) ?? '') === true && !repeats(heard)
    ? said.slice(0, -1).join(' ')
    : undefined;
}
