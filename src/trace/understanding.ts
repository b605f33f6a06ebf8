import type { MatchResult } from '../match/index.ts';
import { round, type Understanding } from './utterance-trace.ts';

/** Returns a match result as JSON, with rounded scores. */
export function understandingOf({
  completeness,
  match,
  also,
  slots = [],
  candidates,
  reason,
}: MatchResult): Understanding {
  return {
    completeness,
    ...(match
      ? {
          match: {
            command: match.command,
            args: match.args,
            score: round(match.score, 3),
            via: match.via,
            phrase: match.phrase,
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
