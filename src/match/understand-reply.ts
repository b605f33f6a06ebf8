import type { Transcript } from '../types.ts';
import type { Matcher } from './matcher.ts';
import { readingsOf, share, type Reading } from './readings.ts';
import type { MatchResult } from './result.ts';
import { understandTranscript } from './understand.ts';

/**
 * Understands a transcript as one of the few phrases that can be said at the moment besides commands. Undefined unless
 * a reading is exactly such a phrase, is as sure as a command must be, and fits the sound better than any command.
 */
export function understandReply(
  replies: Matcher,
  transcript: Transcript,
  commands: Matcher,
): MatchResult['match'] | undefined {
  const own = exactReadings(replies, transcript);
  const [best] = own;
  if (!best) return undefined;
  const { match } = understandTranscript(replies, transcript);
  if (!match || match.via === 'near') return undefined;
  const phrases = new Set(own.map(({ result }) => result.match.phrase));
  const [rival] = exactReadings(commands, transcript).filter(({ result }) => !phrases.has(result.match.phrase));
  if (!rival) return match;
  const both = [best, rival].sort((a, b) => b.fit - a.fit);
  return share(both, best) - share(both, rival) >= replies.margin ? match : undefined;
}

/** Returns the readings that are exactly what a grammar accepts, the most probable first. */
function exactReadings(matcher: Matcher, transcript: Transcript): Reading[] {
  const { grammar } = matcher;
  const texts = [transcript.text, ...(transcript.constrained ?? []).map(({ text }) => text)];
  const isAny = texts.some((text) => grammar.walk(grammar.tokenize(text)).parses.length > 0);
  // To match what is not exact costs much more than to see that it is not.
  return isAny ? readingsOf(matcher, transcript, matcher.match(transcript.text)) : [];
}
