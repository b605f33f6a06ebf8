import type { MatchResult } from '../match/index.ts';
import type { CommandMatch } from '../types.ts';
import { round, type Understanding } from './utterance-trace.ts';

/** Returns a match result as JSON, with rounded scores. */
export function understandingOf({
  completeness,
  match,
  also,
  slots = [],
  candidates,
  reason,
  suggestion,
  suggestedInMs,
}: MatchResult): Understanding {
  return {
    completeness,
    ...(match ? { match: matchOf(match) } : {}),
    ...(suggestion
      ? {
          suggestion: {
            ...matchOf(suggestion),
            ...(suggestedInMs === undefined ? {} : { took_ms: round(suggestedInMs, 1) }),
          },
        }
      : {}),
    ...(also ? { also: also.map(({ command, args }) => ({ command, args })) } : {}),
    slots: slots.map(({ name, words, value, confidence, alternatives = [] }) => ({
      name,
      words,
      value,
      ...(confidence === undefined ? {} : { confidence: round(confidence, 3) }),
      alternatives: alternatives.map((other) => ({ ...other, confidence: round(other.confidence, 3) })),
    })),
    candidates: candidates.map((candidate) => ({ ...candidate, score: round(candidate.score, 3) })),
    ...(reason === undefined ? {} : { reason }),
  };
}

function matchOf({ command, args, score, via, phrase }: CommandMatch): NonNullable<Understanding['match']> {
  return { command, args, score: round(score, 3), via, phrase };
}
