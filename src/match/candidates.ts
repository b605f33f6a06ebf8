import type { Candidate } from '../types.ts';
import { beginningReason, type MatchResult } from './result.ts';

/** One candidate a command, its likeliest phrase. */
export function isFirstOfCommand({ command }: Candidate, index: number, all: Candidate[]): boolean {
  return all.findIndex((other) => other.command === command) === index;
}

export function toCandidate({ command, phrase, score, reason }: Candidate): Candidate {
  return { command, phrase, score, reason };
}

/** The result without its command. */
export function withoutMatch({
  candidates,
  completeness,
  beginning,
  reason = beginningReason,
}: MatchResult): MatchResult {
  return { candidates, completeness, reason, ...(beginning ? { beginning } : {}) };
}
