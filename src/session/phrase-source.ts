import type { SpeechEvidence } from '../dispatch/index.ts';
import type { MatchResult } from '../match/index.ts';
import type { UtteranceSpans } from '../spans/index.ts';
import type { Transcript } from '../types.ts';
import type { Reply } from './replies.ts';

/** Where a phrase came from. `segmentId`, `transcript` and `speech` are absent for typed phrases. */
export interface PhraseSource {
  segmentId?: string;
  language?: string;
  /** The readings that the phrase was taken from. */
  transcript?: Transcript;
  /** How surely the phrase was read, and whose voice it is. */
  speech?: SpeechEvidence;
  /** How the phrase was understood, when that has been worked out already. */
  understood?: Understood;
  /** When the phrase ended, ms of the session's clock; a phrase that is too old runs nothing. */
  spokenAtMs: number;
  /** Whether its sound came late, because the line was down. */
  isLate?: boolean;
  /** Whether it may be a PIN. */
  isSecret?: boolean;
  timing?: Record<string, number>;
  /** Absent where nothing is recorded. */
  spans?: UtteranceSpans;
}

/** How a phrase was understood, and the time that took. */
export interface Understood {
  result: MatchResult;
  matchMs: number;
  /** What was said if it is no command but surely an answer, or goes back to the last command. */
  reply?: Reply;
  /** What was said, without the wake phrase. */
  said?: string;
  /** Whether the phrase was meant for somebody else: it lacks the wake phrase and answers no question. */
  isTalk?: boolean;
  /** The wake phrase, if it is all that was said. */
  wake?: string;
}
