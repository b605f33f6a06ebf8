import { randomUUID } from 'node:crypto';
import { HeedError } from '../errors.ts';
import type { EventBody } from '../events/event.ts';
import { OwnVoice } from './own-voice.ts';

/**
 * No answer came: time over, called off, or something else came between. The message is the reason, for the speaker.
 */
export class UnansweredError extends HeedError {
  constructor(reason: string) {
    super('aborted', reason);
  }
}

/**
 * How an answer is taken: its value, that it calls the question off, that it must be said again more clearly, or that
 * it is not understood.
 */
export type AnswerMeaning<T> = { value: T } | 'cancelled' | 'unsure' | 'unclear';

/** What tells how sure a spoken phrase is. */
export interface SpeechEvidence {
  /** When speech was noticed, `performance.now()` ms. */
  startedAtMs: number;
  /** Of its least sure word, 0–1. */
  confidence: number;
}

/** A question to the speaker. */
export interface Question<T> {
  command: string;
  kind: 'ask' | 'confirm';
  text: string;
  /** `speech` is absent for typed answers and buttons. */
  read: (answer: string, speech?: SpeechEvidence) => AnswerMeaning<T>;
  /** What was expected, put before the question when it comes again. */
  hint?: string;
  /** Put before the question when an answer was not sure enough. */
  unsureHint?: string;
  /** A mistake would be costly: what was said while the client spoke is no answer. */
  isCostly?: boolean;
  /**
   * Whether a spoken phrase that is no answer goes its own way; a yes-or-no question always lets it. Default: the
   * question comes again.
   */
  isOptional?: boolean;
  signal: AbortSignal;
}

/** A phrase that may be an answer; `spokenAtMs` is when it ended, `performance.now()` ms. */
export interface SpokenPhrase {
  text: string;
  spokenAtMs: number;
  /** Absent for typed phrases. */
  speech?: SpeechEvidence;
}

/** What became of a phrase: an answer, not one, or the reason why it counts as nothing at all. */
export type Answered = 'answer' | 'none' | { reason: string };

interface OpenQuestion {
  promptId: string;
  askedAtMs: number;
  question: Question<unknown>;
  timer: NodeJS.Timeout;
  triesLeft: number;
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

/** How often an answer that is not understood brings the question again. */
const maxTries = 3;

/** What heed and one speaker tell each other. One question is open at a time; a new one ends the one before. */
export class Dialog {
  readonly #timeoutMs: number;
  readonly #publish: (body: EventBody) => void;
  #open: OpenQuestion | undefined;
  #endReason: string | undefined;
  readonly #voice = new OwnVoice();

  constructor(options: { timeoutMs: number; publish: (body: EventBody) => void }) {
    this.#timeoutMs = options.timeoutMs;
    this.#publish = options.publish;
  }

  /** Whether a question is open. */
  get isAsking(): boolean {
    return this.#open !== undefined;
  }

  /** Says something; nothing once the session has ended. */
  say(command: string, text: string): void {
    if (this.#endReason !== undefined) return;
    this.said(text);
    this.#publish({ type: 'prompt', command, prompt_id: randomUUID(), kind: 'say', text });
  }

  /** heed has told the speaker something in another way, which a client may speak. */
  said(text: string, hint?: string): void {
    this.#voice.add(text, performance.now(), hint);
  }

  /** The client begins, or has ended, to speak what heed said. */
  setPlaying(isPlaying: boolean): void {
    this.#voice.setPlaying(isPlaying, performance.now());
  }

  /** Asks. Rejects with `UnansweredError`, or with the signal's reason. */
  ask<T>(question: Question<T>): Promise<T> {
    if (question.signal.aborted) return Promise.reject(question.signal.reason as Error);
    if (this.#endReason !== undefined) return Promise.reject(new UnansweredError(this.#endReason));
    this.cancel('Another question came up.');
    return new Promise<unknown>((resolve, reject) => {
      const onAbort = (): void => this.#close(open, () => reject(question.signal.reason as Error));
      const open: OpenQuestion = {
        promptId: randomUUID(),
        askedAtMs: performance.now(),
        question,
        triesLeft: maxTries - 1,
        resolve,
        reject,
        timer: setTimeout(
          () => this.#close(open, () => reject(new UnansweredError('No answer came.'))),
          this.#timeoutMs,
        ),
      };
      question.signal.addEventListener('abort', onAbort, { once: true });
      this.#open = open;
      this.#prompt(open);
    }) as Promise<T>;
  }

  /** Answers by button or typing. False when that question is not open. */
  answer(promptId: string, text: string): boolean {
    const open = this.#open;
    if (open?.promptId !== promptId) return false;
    if (this.#take(open, text) === 'unclear') this.#askAgain(open, open.question.hint);
    return true;
  }

  /**
   * Takes the next phrase as the answer. It is none when no question is open, when the phrase ended before it was
   * asked, or when a yes-or-no or optional question got something else; it counts as nothing when it may be heed's own
   * voice, or was said before the question was put.
   */
  answerSpoken({ text, spokenAtMs, speech }: SpokenPhrase): Answered {
    const open = this.#open;
    if (!open || !(spokenAtMs >= open.askedAtMs)) return 'none';
    const reason = speech && this.#doubt(open, text, speech);
    if (reason !== undefined) return { reason };
    if (this.#take(open, text, speech) === 'taken') return 'answer';
    if (open.question.kind === 'confirm' || open.question.isOptional === true) return 'none';
    this.#askAgain(open, open.question.hint);
    return 'answer';
  }

  #doubt({ question, askedAtMs }: OpenQuestion, text: string, { startedAtMs }: SpeechEvidence): string | undefined {
    const isYesNo = question.kind === 'confirm';
    if (this.#voice.isEcho(text, startedAtMs, isYesNo)) return 'These are the words that heed itself just said.';
    const isEarly =
      isYesNo && (startedAtMs < askedAtMs || (question.isCostly === true && this.#voice.wasPlaying(startedAtMs)));
    if (!isEarly) return undefined;
    const reading = question.read(text);
    // A no is never too early.
    return typeof reading === 'object' && reading.value === true
      ? 'This was said before the question was put to its end.'
      : undefined;
  }

  /** Whether a question is open that takes the text as its answer. */
  expects(text: string): boolean {
    return this.#open !== undefined && this.#open.question.read(text) !== 'unclear';
  }

  /** Ends the open question without an answer. */
  cancel(reason: string): void {
    const open = this.#open;
    if (open) this.#close(open, () => open.reject(new UnansweredError(reason)));
  }

  /** Ends the open question and refuses all further ones. */
  end(reason: string): void {
    this.#endReason ??= reason;
    this.cancel(reason);
  }

  #take(open: OpenQuestion, text: string, speech?: SpeechEvidence): 'taken' | 'unclear' {
    const reading = open.question.read(text, speech);
    if (reading === 'unclear') return 'unclear';
    if (reading === 'unsure') this.#askAgain(open, open.question.unsureHint);
    else
      this.#close(open, () =>
        reading === 'cancelled' ? open.reject(new UnansweredError('It was called off.')) : open.resolve(reading.value),
      );
    return 'taken';
  }

  #askAgain(open: OpenQuestion, hint: string | undefined): void {
    if (open.triesLeft-- === 0) {
      this.#close(open, () => open.reject(new UnansweredError('The answers were not understood.')));
      return;
    }
    open.timer.refresh();
    this.#prompt(open, hint);
  }

  #prompt({ promptId, question: { command, kind, text } }: OpenQuestion, hint?: string): void {
    this.said(text, hint);
    this.#publish({
      type: 'prompt',
      command,
      prompt_id: promptId,
      kind,
      text: hint === undefined ? text : `${hint} ${text}`,
    });
  }

  #close(open: OpenQuestion, settle: () => void): void {
    clearTimeout(open.timer);
    if (this.#open === open) this.#open = undefined;
    settle();
  }
}
