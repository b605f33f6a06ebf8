import type { Capture } from '../grammar/index.ts';
import type { Candidate } from '../types.ts';
import { beginningReason, type MatchedSlot, type MatchResult } from './result.ts';

/** No more candidates are reported. */
export const maxCandidates = 5;

/** Keeps one candidate per command: its likeliest phrase, which comes first. */
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

/** Returns what the slots of a phrase were filled with. */
export function slotsOf({ captures }: { captures: readonly Capture[] }): MatchedSlot[] {
  return captures.map(({ name, words, value }) => ({ name, words: words.join(' '), value }));
}
