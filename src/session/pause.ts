import type { MatchResult } from '../match/index.ts';
import type { Risk } from '../registry/index.ts';
import type { Transcript } from '../types.ts';
import type { EndpointDecision, PhraseSoFar } from '../vad/index.ts';

/** A silence inside the open segment. */
export interface Pause {
  /** Where the segment ends unless speech resumes. */
  endSample: number;
  silenceSamples: number;
  /** When the pause was noticed, ms of the session's clock. */
  atMs: number;
  /** The reason for the endpoint decision, once the words before the pause have been read. */
  decision?: string;
}

/** An early reading of the open segment. */
export interface EarlyReading {
  /** Where its audio ends. */
  endSample: number;
  isDone: boolean;
  /** The endpoint decision that its words led to; absent until it is done, and when it failed. */
  decision?: EndpointDecision;
}

/** Describes an early reading to the endpointer; of several commands in one breath, the riskiest counts. */
export function phraseSoFar(
  { match, also = [], completeness }: MatchResult,
  { confidence }: Transcript,
  riskOf: (command: string) => Risk,
): PhraseSoFar {
  const risks = (match ? [match, ...also] : []).map(({ command }) => riskOf(command));
  const risk = risks.includes('high') ? 'high' : risks.includes('medium') ? 'medium' : 'low';
  return { completeness, risk, score: match?.score ?? 0, confidence };
}
