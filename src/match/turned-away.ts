import type { Candidate, Transcript } from '../types.ts';
import { isFirstOfCommand, toCandidate, withoutMatch } from './candidates.ts';
import type { Matcher } from './matcher.ts';
import type { MatchResult } from './result.ts';
import { scaleNear } from './unheld.ts';
import { findUnknownPart } from './unknown-part.ts';

/** Among refused readings, a rival that is less probable than this is not reported. */
const leastShare = 0.01;
const maxCandidates = 5;

/** Returns the result when no reading is exactly a command. */
export function withoutReading(matcher: Matcher, transcript: Transcript, free: MatchResult): MatchResult {
  const prompted = transcript.prompted && matcher.match(transcript.prompted.text);
  return prompted?.completeness === 'incomplete' ? withoutMatch(prompted) : scaleNear(free, transcript, matcher);
}

/**
 * Returns the result when the best reading is not sure enough. The command that its words are near to may have been
 * meant instead, so it is reported, but only as a candidate.
 */
export function turnedAway(
  unsure: Candidate,
  rivals: readonly Candidate[],
  { free, near, threshold }: { free: MatchResult; near: MatchResult; threshold: number },
): MatchResult {
  const nearest = [
    ...(near.match ? [toCandidate({ ...near.match, reason: 'its words are near' })] : []),
    ...near.candidates,
  ];
  const all = [unsure, ...rivals.filter(({ score }) => score >= leastShare), ...nearest];
  const candidates = all
    .sort((a, b) => b.score - a.score)
    .filter(isFirstOfCommand)
    .slice(0, maxCandidates);
  const { command, phrase } = candidates[0]!;
  const reason =
    phrase === unsure.phrase
      ? `This is most like ${command}, and does not sound enough like it (${unsure.score.toFixed(2)} of ${threshold}).`
      : (near.reason ?? `The words are nearest to ${command}, and the sound is not near enough.`);
  const told = free.unknown ? { unknown: free.unknown, reason: free.reason ?? reason } : { reason };
  return {
    candidates,
    completeness: free.completeness === 'incomplete' ? 'incomplete' : 'none',
    ...told,
    ...(free.isFar === true ? { isFar: true } : {}),
  };
}

/** Adds which words no command explains, if they are the reason why nothing matched. */
export function withUnknown(
  result: MatchResult,
  matcher: Matcher,
  transcript: Transcript,
  likely?: string,
): MatchResult {
  if (result.match || result.beginning || result.unknown || result.suggestion) return result;
  for (const text of [transcript.text, transcript.prompted?.text ?? '']) {
    const found = findUnknownPart(matcher.grammar, text, likely);
    if (found) return { ...result, ...found };
  }
  return result;
}
