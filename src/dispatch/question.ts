import { HeedError } from '../errors.ts';
import type { HeardVoice, PhraseVoice } from '../types.ts';
import type { AnswerPhrases } from './answer-phrases.ts';

/** A question ended without an answer. The message tells the speaker why. */
export class UnansweredError extends HeedError {
  constructor(reason: string) {
    super('aborted', reason);
  }
}

/**
 * The meaning of an answer: its value; `cancelled` when it calls the question off; `unsure` when it must be given again
 * more clearly; `unclear` when it is not understood.
 */
export type AnswerMeaning<T> = { value: T } | 'cancelled' | 'unsure' | 'unclear';

/** When a phrase was spoken and how surely it was read. */
export interface SpeechEvidence {
  /** When speech was noticed, ms of the session's clock. */
  startedAtMs: number;
  /** The confidence of its least sure word, 0–1. */
  confidence: number;
  /** Absent where it is not looked at whose voice it is. */
  voice?: PhraseVoice;
}

/** How an answer was given; with neither field, it was typed as any phrase is. */
export interface AnsweredBy {
  /** Whether it was given to this very question, by its id: with a button or in the field below the question. */
  isTap?: boolean;
  speech?: SpeechEvidence | undefined;
  /**
   * Whether only a reading that could be nothing but a command or an answer has these words. A yes of this kind is
   * never enough: words such as "bless" and "cheers" are read as one.
   */
  isHeld?: boolean;
}

/** A question to the speaker. */
export interface Question<T> {
  command: string;
  kind: 'ask' | 'confirm';
  text: string;
  /** Returns the meaning of an answer; without `by`, what it would mean at best. */
  read: (answer: string, by?: AnsweredBy) => AnswerMeaning<T>;
  /** Says what was expected; put before the question when it is asked again. */
  hint?: string;
  /** Put before the question when it is asked again because an answer was not sure enough. */
  unsureHint?: string;
  /** Whether a mistake would be costly: then a yes that was said while the client was speaking does not count. */
  isCostly?: boolean;
  /**
   * Whether an answer proves more than a voice does. Any other answer that lets a command with `speakers` go on must be
   * spoken by one of them.
   */
  isProof?: (value: unknown, by: AnsweredBy) => boolean;
  /** Takes how it was answered, if it is not clear yet for which command: the voice is checked when that is given. */
  onAnswered?: (by: AnsweredBy) => void;
  /**
   * Whether a spoken phrase that is no answer is tried as a command instead of bringing the question again. For a
   * yes-or-no question it always is. Default: false.
   */
  isOptional?: boolean;
  /** What can be said in answer; absent when any words are one, and when they must be held in no way. */
  answers?: AnswerPhrases | undefined;
  /** The answers to choose from, if it names a few. */
  options?: readonly string[];
  /** Whether a PIN is an answer, and whether it is the only one; absent when it is none. */
  pin?: 'accepted' | 'required';
  signal: AbortSignal;
}

/** A phrase that may be an answer. */
export interface SpokenPhrase {
  text: string;
  /** The answer to the open question that a reading which was held to its answers has, if it is sure enough. */
  held?: string;
  /** When the phrase ended, ms of the session's clock. */
  spokenAtMs: number;
  /** Absent for typed phrases. */
  speech?: SpeechEvidence;
}

/** Whether a phrase was an answer; a reason means that it counts neither as an answer nor as a command. */
export type Answered = 'answer' | 'none' | { reason: string };

/** What an open question takes as an answer. */
export interface ExpectedAnswer {
  /** Undefined when any words are one, and when they must be held in no way. */
  answers: AnswerPhrases | undefined;
  /** Whether a phrase that is no answer may be a command. */
  mayBeCommand: boolean;
}

/** Whether a phrase that is no answer to a question may be a command. */
export function mayBeCommand({ kind, isOptional = false }: Question<unknown>): boolean {
  return kind === 'confirm' || isOptional;
}

/** A question that waits for its answer. */
export interface OpenQuestion {
  promptId: string;
  askedAtMs: number;
  question: Question<unknown>;
  /** Returns why an answer does not count any more; undefined while it does. */
  whyStale: () => string | undefined;
  /** Returns why a voice may not answer; absent if any may, and if it may be answered in writing. */
  whyNotHeard?: ((voice: HeardVoice | undefined) => string | undefined) | undefined;
  callOff: () => void;
  triesLeft: number;
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}
