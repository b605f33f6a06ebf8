import { randomUUID } from 'node:crypto';
import { HeedError } from '../errors.ts';
import type { EventBody } from '../events/event.ts';

/** No answer came: time over, called off, or something else came between. The message is the reason, for the speaker. */
export class UnansweredError extends HeedError {
  constructor(reason: string) {
    super('aborted', reason);
  }
}

/** How an answer is taken: its value, that it calls the question off, or that it is not understood. */
export type Reading<T> = { value: T } | 'cancelled' | 'unclear';

/** A question to the speaker. */
export interface Question<T> {
  command: string;
  kind: 'ask' | 'confirm';
  text: string;
  read: (answer: string) => Reading<T>;
  /** What was expected, put before the question when it comes again. */
  hint?: string;
  /** Whether a spoken phrase that is no answer goes its own way; a yes-or-no question always lets it. Default: the question comes again. */
  isOptional?: boolean;
  signal: AbortSignal;
}

/** A phrase that may be an answer; `spokenAtMs` is when it ended, `performance.now()` ms. */
export interface SpokenPhrase {
  text: string;
  spokenAtMs: number;
}

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

  constructor(options: { timeoutMs: number; publish: (body: EventBody) => void }) {
    this.#timeoutMs = options.timeoutMs;
    this.#publish = options.publish;
  }

  /** Says something; nothing once the session has ended. */
  say(command: string, text: string): void {
    if (this.#endReason === undefined) this.#publish({ type: 'prompt', command, prompt_id: randomUUID(), kind: 'say', text });
  }

  /** Asks. Rejects with `UnansweredError`, or with the signal's reason. */
  ask<T>(question: Question<T>): Promise<T> {
    if (question.signal.aborted) return Promise.reject(question.signal.reason as Error);
    if (this.#endReason !== undefined) return Promise.reject(new UnansweredError(this.#endReason));
    this.cancel('Another question came up.');
    return new Promise<unknown>((resolve, reject) => {
      const onAbort = (): void => this.#close(open, () => reject(question.signal.reason as Error));
      const open: OpenQuestion = {
        promptId: randomUUID(), askedAtMs: performance.now(), question, triesLeft: maxTries - 1, resolve, reject,
        timer: setTimeout(() => this.#close(open, () => reject(new UnansweredError('No answer came.'))), this.#timeoutMs),
      };
      question.signal.addEventListener('abort', onAbort, { once: true });
      this.#open = open;
      this.#prompt(open, question.text);
    }) as Promise<T>;
  }

  /** Answers by button or typing. False when that question is not open. */
  answer(promptId: string, text: string): boolean {
    const open = this.#open;
    if (open?.promptId !== promptId) return false;
    if (!this.#take(open, text)) this.#askAgain(open);
    return true;
  }

  /**
   * Takes the next phrase as the answer. False when no question is open, when the phrase ended before it was asked, or when a yes-or-no
   * or optional question got something else.
   */
  answerSpoken({ text, spokenAtMs }: SpokenPhrase): boolean {
    const open = this.#open;
    if (!open || !(spokenAtMs >= open.askedAtMs)) return false;
    if (this.#take(open, text)) return true;
    if (open.question.kind === 'confirm' || open.question.isOptional === true) return false;
    this.#askAgain(open);
    return true;
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

  #take(open: OpenQuestion, text: string): boolean {
    const reading = open.question.read(text);
    if (reading === 'unclear') return false;
    this.#close(open, () => (reading === 'cancelled' ? open.reject(new UnansweredError('It was called off.')) : open.resolve(reading.value)));
    return true;
  }

  #askAgain(open: OpenQuestion): void {
    if (open.triesLeft-- === 0) {
      this.#close(open, () => open.reject(new UnansweredError('The answers were not understood.')));
      return;
    }
    open.timer.refresh();
    const { hint, text } = open.question;
    this.#prompt(open, hint === undefined ? text : `${hint} ${text}`);
  }

  #prompt({ promptId, question: { command, kind } }: OpenQuestion, text: string): void {
    this.#publish({ type: 'prompt', command, prompt_id: promptId, kind, text });
  }

  #close(open: OpenQuestion, settle: () => void): void {
    clearTimeout(open.timer);
    if (this.#open === open) this.#open = undefined;
    settle();
  }
}
