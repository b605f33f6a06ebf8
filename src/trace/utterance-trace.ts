import type { Candidate, EndReason, MatchVia, Word } from '../types.ts';

/**
 * How one utterance was cut, read and understood, as JSON. Times inside a stream are seconds from its start, durations
 * are ms, scores are 0–1.
 */
export interface UtteranceTrace {
  id: string;
  session_id: string;
  /** The wall time of its end, for display. */
  time: string;
  start: number;
  end: number;
  language: string;
  /** The contexts that were active when the utterance ended. */
  contexts: readonly string[];
  vad: VadTrace;
  /** The early readings and the endpoint decisions that they led to, oldest first. */
  early: EarlyReading[];
  endpoint: { reason: EndReason; because: string };
  /** The free reading; absent until it is done, and when it failed. */
  free?: FreeReading;
  /** The constrained readings, best first; absent without a grammar. */
  constrained?: ScoredText[];
  /** Whether the final reading counts as speech; absent until it is done. */
  is_speech?: boolean;
  /** Absent for noise and for answers to questions. */
  understood?: Understanding;
  outcomes: CommandEnd[];
  /** The steps from the end of speech to the handler, in order; a step that did not happen is left out. */
  waterfall: Step[];
  /** ms spent in each stage, such as encode, free, constrained, match, run. */
  timing: Record<string, number>;
}

/** The speech probability and loudness of each frame, from shortly before the segment until the endpoint decision. */
export interface VadTrace {
  /** Where the first frame starts, seconds. */
  start: number;
  frame_ms: number;
  probabilities: number[];
  /** The root mean square of each frame's samples, 0–1. */
  levels: number[];
  positive_threshold: number;
  negative_threshold: number;
}

/** An early reading and the endpoint decision it led to. */
export interface EarlyReading {
  /** Where its audio ended, seconds. */
  at: number;
  /** Absent when speech went on before it was done, or the recogniser had no time for it. */
  text?: string;
  completeness?: Understanding['completeness'];
  wait_ms?: number;
  because?: string;
}

/** A reading and how probable the model found it. */
export interface ScoredText {
  text: string;
  /** The natural logarithm of the probability of the whole text. */
  log_probability: number;
  /** The same, divided by the number of tokens. */
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

/** How the words were understood. */
export interface Understanding {
  completeness: 'closed' | 'extendable' | 'incomplete' | 'none';
  match?: { command: string; args: Record<string, unknown>; score: number; via: MatchVia; phrase: string };
  /** A command that was not sure enough to run, about which the speaker may have been asked. */
  suggestion?: NonNullable<Understanding['match']> & { took_ms?: number };
  /** The commands that followed the first one in the same breath. */
  also?: { command: string; args: Record<string, unknown> }[];
  slots: {
    name: string;
    words: string;
    value: unknown;
    confidence?: number;
    alternatives: { words: string; value: unknown; confidence: number }[];
  }[];
  candidates: Candidate[];
  /** Why the phrase is no command. */
  reason?: string;
}

/** What became of a command. */
export interface CommandEnd {
  command: string;
  status: 'running' | 'done' | 'failed' | 'refused';
  text?: string;
}

/** The steps of the waterfall; steps at the same time are shown in this order. */
export const stepNames = ['speech-end', 'reading-started', 'reading-ready', 'endpoint', 'handler', 'done'] as const;

/** One step, and how many ms after the end of speech it happened. */
export interface Step {
  step: (typeof stepNames)[number];
  at_ms: number;
}

/** One utterance in a list. */
export type TraceSummary = Pick<UtteranceTrace, 'id' | 'session_id' | 'time' | 'start' | 'end'> & {
  text: string;
  command?: string;
};

/** Returns what a list shows of an utterance. */
export function summaryOf({ id, session_id, time, start, end, free, understood }: UtteranceTrace): TraceSummary {
  const command = understood?.match?.command;
  return { id, session_id, time, start, end, text: free?.text ?? '', ...(command === undefined ? {} : { command }) };
}

/** Rounds for display. */
export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
