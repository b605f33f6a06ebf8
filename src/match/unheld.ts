import type { Transcript } from '../types.ts';
import { toCandidate } from './candidates.ts';
import { withoutContradiction } from './contradiction.ts';
import type { Matcher } from './matcher.ts';
import type { MatchResult } from './result.ts';

/**
 * How sure a free reading is by its nats a token, where no other was held to the grammar: a logistic curve, fitted to
 * orders in quiet and in noise.
 */
const unheld = { perFit: 3.1, constant: 11.3 };

/** A near match is as sure as its words are near and as the reading itself is. */
export function scaleNear(result: MatchResult, transcript: Transcript, matcher: Matcher): MatchResult {
  if (!result.match || transcript.tokens === 0) return result;
  const sound = withoutContradiction(result, matcher, [transcript.text]);
  if (!sound.match) return sound;
  const logit = (unheld.perFit * transcript.logProbability) / transcript.tokens + unheld.constant;
  const score = result.match.score / (1 + Math.exp(-logit));
  if (score >= matcher.threshold) return { ...result, match: { ...result.match, score } };
  const reason =
    `The nearest command is ${result.match.command}, and it was not understood clearly enough ` +
    `(${score.toFixed(2)} of ${matcher.threshold}).`;
  return {
    candidates: [toCandidate({ ...result.match, score, reason }), ...result.candidates],
    completeness: result.completeness,
    reason,
  };
}
