import { isFirstOfCommand, toCandidate } from './candidates.ts';
import { saysOtherwise } from './judgement.ts';
import type { Matcher } from './matcher.ts';
import { notPhraseIn } from './nots.ts';
import type { MatchResult } from './result.ts';

/**
 * No match where a text has a phrase that the command rules out, or, beside a near phrase, words that make something
 * else of it.
 */
export function withoutContradiction(result: MatchResult, matcher: Matcher, texts: readonly string[]): MatchResult {
  const { match } = result;
  if (!match) return result;
  const not = notPhraseIn(matcher, match.command, texts);
  const isOther = match.via === 'near' && texts.some((text) => saysOtherwise(text, match.phrase, matcher.grammar));
  if (not === undefined && !isOther) return result;
  const reason =
    not === undefined
      ? `Words beside "${match.phrase}" make something else of it.`
      : `"${not}" is ruled out by the command itself.`;
  return {
    candidates: [toCandidate({ ...match, reason }), ...result.candidates].filter(isFirstOfCommand),
    completeness: 'none',
    reason,
  };
}
