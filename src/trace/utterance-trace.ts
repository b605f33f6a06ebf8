import type { Alternative, Candidate, EndReason, MatchVia, Word } from '../types.ts';

/**
 * How one utterance came about, as JSON: times in a stream are seconds from its start, durations are ms, scores 0–1.
 */
export interface UtteranceTrace {
  id: string;
  session_id: string;
  /** Wall time of its end, for display. */
  time: string;
  start: number;
  end: number;
  language: string;
  /** The contexts that were active when it ended. */
  contexts: readonly string[];
  vad: VadTrace;
  /** What was read in pauses, before the end was decided, and the wait that it led to; oldest first. */
  early: EarlyReading[];
  endpoint: { reason: EndReason; because: string };
  /** What was heard without a grammar; absent while it is being read, or when it could not be. */
  free?: FreeReading;
  /** Readings held to the grammar, best first; absent without a grammar. */
  constrained?: ScoredText[];
  /** Whether the model heard anybody say something, once it has read it. */
  is_speech?: boolean;
  /** Absent for noise and for answers to questions. */
  understood?: Understanding;
  outcomes: CommandEnd[];
  /** From the end of speech to the handler, as they came; a step that did not happen is left out. */
  waterfall: Step[];
  /** ms by stage of the work, such as encode, free, constrained, match, run. */
  timing: Record<string, number>;
}

/** The speech probability and loudness of each frame, from somewhat before the segment until its end was decided. */
export interface VadTrace {
  /** Where the first frame starts, seconds. */
  start: number;
  frame_ms: number;
  probabilities: number[];
  /** Root mean square of each frame's samples, 0–1. */
  levels: number[];
  positive_threshold: number;
  negative_threshold: number;
}

/** A reading in a pause. */
export interface EarlyReading {
  /** Where its audio ended, seconds. */
  at: number;
  /** Absent when speech went on before it was read, or there was no time for it. */
  text?: string;
  completeness?: Understanding['completeness'];
  wait_ms?: number;
  because?: string;
}

/** A reading and how probable the model found it. */
export interface ScoredText {
  text: string;
  /** Natural logarithm, of the whole text and of one token on average. */
  log_probability: number;
  log_probability_per_token: number;
  tokens: number;
}

/** The free reading. */
export interface FreeReading extends ScoredText {
  confidence: number;
  no_speech: number;
  words: Pick<Word, 'word' | 'confidence'>[];
  alternatives: ScoredText[];
}

/** What the words were taken for. */
export interface Understanding {
  completeness: 'closed' | 'extendable' | 'incomplete' | 'none';
  match?: { command: string; args: Record<string, unknown>; score: number; via: MatchVia; phrase: string };
  /** Further commands of the same breath. */
  also?: { command: string; args: Record<string, unknown> }[];
  slots: {
    name: string;
    words: string;
    value: unknown;
    confidence?: number;
    alternatives: { words: string; value: unknown; confidence: number }[];
  }[];
  candidates: Candidate[];
  /** Why it is no command. */
  reason?: string;
}

/** What became of a command. */
export interface CommandEnd {
  command: string;
  status: 'running' | 'done' | 'failed' | 'refused';
  text?: string;
}

/** The steps of the waterfall; those of the same time in this order. */
export const stepNames = ['speech-end', 'reading-started', 'reading-ready', 'endpoint', 'handler', 'done'] as const;

/** One step and when it came, ms after the end of speech. */
export interface Step {
  step: (typeof stepNames)[number];
  at_ms: number;
}

/** One line of a list of utterances. */
export type TraceSummary = Pick<UtteranceTrace, 'id' | 'session_id' | 'time' | 'start' | 'end'> & {
  text: string;
  command?: string;
};

/** One line of the list of utterances. */
export function summaryOf({ id, session_id, time, start, end, free, understood }: UtteranceTrace): TraceSummary {
  const command = understood?.match?.command;
  return { id, session_id, time, start, end, text: free?.text ?? '', ...(command === undefined ? {} : { command }) };
}

/** Log-probabilities as JSON. */
export function scoredText({
  text,
  logProbability,
  tokens,
}: Pick<Alternative, 'text' | 'logProbability' | 'tokens'>): ScoredText {
  return {
    text,
    tokens,
    log_probability: round(logProbability, 2),
    log_probability_per_token: round(logProbability / Math.max(1, tokens), 3),
  };
}

/** Rounds for display. */
export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
