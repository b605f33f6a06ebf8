import { randomUUID } from 'node:crypto';
import type { EventBody, HeedEvent } from '../events/event.ts';
import { machineClock, type Clock } from '../types.ts';
import { OwnVoice } from './own-voice.ts';
import {
  mayBeCommand,
  UnansweredError,
  type Answered,
  type AnsweredBy,
  type ExpectedAnswer,
  type OpenQuestion,
  type Question,
  type SpeechEvidence,
  type SpokenPhrase,
} from './question.ts';

/** How often a question is asked before it is given up because its answers are not understood. */
const maxTries = 3;

/** What a question about a command is bound to from the moment in which it is asked. */
export type Bound = Pick<OpenQuestion, 'whyStale' | 'whyNotHeard'>;

/** The prompts to one speaker and the answers to them. Only one question is open at a time. */
export class Dialog {
  readonly #timeoutMs: number;
  readonly #publish: (body: EventBody) => void;
  readonly #clock: Clock;
  readonly #bind: (command: string) => Bound;
  #open: OpenQuestion | undefined;
  #endReason: string | undefined;
  /** Why nothing is asked any more, although the session has not ended yet. */
  #silence: string | undefined;
  #line: 'up' | 'down' = 'up';
  readonly #voice = new OwnVoice();

  constructor({
    timeoutMs,
    publish,
    clock = machineClock,
    bind = () => ({ whyStale: () => undefined }),
  }: {
    timeoutMs: number;
    publish: (body: EventBody) => void;
    clock?: Clock | undefined;
    /** Called when a question about a command is asked; returns what later says why an answer does not count. */
    bind?: (command: string) => Bound;
  }) {
    this.#timeoutMs = timeoutMs;
    this.#publish = publish;
    this.#clock = clock;
    this.#bind = bind;
  }

  /** Whether a question is open. */
  get isAsking(): boolean {
    return this.#open !== undefined;
  }

  /** Whether the open question takes a PIN, so that what is said or typed now must be kept nowhere. */
  get isSecret(): boolean {
    return this.#open?.question.pin !== undefined;
  }

  /** Whether it matters whose voice answers the open question. */
  get needsVoice(): boolean {
    return this.#open?.whyNotHeard !== undefined && !this.#open.question.onAnswered;
  }

  /** What the open question takes as an answer; undefined when none is open. */
  get expected(): ExpectedAnswer | undefined {
    const question = this.#open?.question;
    return question && { answers: question.answers, mayBeCommand: mayBeCommand(question) };
  }

  /** Says something to the speaker; does nothing once the session has ended. */
  say(command: string, text: string): void {
    if (this.#endReason !== undefined) return;
    this.said(text);
    this.#publish({ type: 'prompt', command, prompt_id: randomUUID(), kind: 'say', text });
  }

  /** Records a text that reached the client in another event, since the client may speak it too. */
  said(text: string, hint?: string): void {
    this.#voice.add(text, this.#clock.nowMs(), hint);
  }

  /** Tells the dialog that the client has begun, or stopped, to speak what heed said, at a time, ms. */
  setPlaying(isPlaying: boolean, atMs = this.#clock.nowMs()): void {
    this.#voice.setPlaying(isPlaying, atMs);
  }

  /** The line to the speaker broke, so nobody can answer: the open question waits without a limit until `resume`. */
  hold(): void {
    this.#line = 'down';
    this.#open?.callOff();
  }

  /**
   * The line is back, and the speaker learns only now what these events say. The open question gets its whole time
   * again. If it is among them, what was spoken before now is no answer to it.
   */
  resume(missed: readonly HeedEvent[]): void {
    this.#line = 'up';
    const open = this.#open;
    if (open) this.#wait(open);
    for (const event of missed) {
      if (event.type === 'prompt') {
        this.said(event.text);
        if (open?.promptId === event.prompt_id) open.askedAtMs = this.#clock.nowMs();
      } else if (event.type === 'command.completed' && event.say !== undefined) this.said(event.say);
    }
  }

  /** Asks a question and resolves with the answer. Rejects with `UnansweredError`, or with the signal's reason. */
  ask<T>(question: Question<T>): Promise<T> {
    if (question.signal.aborted) return Promise.reject(question.signal.reason as Error);
    const refusal = this.#endReason ?? this.#silence;
    if (refusal !== undefined) return Promise.reject(new UnansweredError(refusal));
    this.cancel('Another question came up.');
    return new Promise<unknown>((resolve, reject) => {
      const onAbort = (): void => this.#close(open, () => reject(question.signal.reason as Error));
      const open: OpenQuestion = {
        promptId: randomUUID(),
        askedAtMs: this.#clock.nowMs(),
        question,
        ...this.#bind(question.command),
        triesLeft: maxTries - 1,
        resolve,
        reject,
        callOff: () => undefined,
      };
      question.signal.addEventListener('abort', onAbort, { once: true });
      this.#open = open;
      this.#wait(open);
      this.#prompt(open);
    }) as Promise<T>;
  }

  /** Takes an answer given by button or typing. Returns false when that question is not open. */
  answer(promptId: string, text: string): boolean {
    const open = this.#open;
    if (open?.promptId !== promptId) return false;
    if (this.#endIfStale(open)) return true;
    const taken = this.#take(open, text, { isTap: true });
    if (taken === 'unclear') this.#askAgain(open, open.question.hint);
    else if (taken !== 'taken') this.#askAgain(open, open.question.unsureHint ?? open.question.hint);
    return true;
  }

  /**
   * Takes the next phrase as the answer, if it can be one. A yes or a no that was read freely counts before what a
   * reading says that was held to the answers; with other questions it is the other way round. Returns `none` when no
   * question is open, when the phrase ended before the question was asked, and when a yes-or-no or optional question
   * does not understand it. Returns a reason when the phrase may be heed's own voice, a yes given before the question
   * had been spoken, or the answer of somebody who may not give it.
   */
  answerSpoken({ text, held, spokenAtMs, speech }: SpokenPhrase): Answered {
    const open = this.#open;
    if (!open || !(spokenAtMs >= open.askedAtMs)) return 'none';
    const readings = held === undefined ? [text] : open.question.kind === 'confirm' ? [text, held] : [held, text];
    const doubts = speech ? readings.flatMap((reading) => this.#doubt(open, reading, speech) ?? []) : [];
    if (doubts.length > 0) return { reason: doubts[0]! };
    // What is no answer may still be a command, although the question is over.
    if (this.#endIfStale(open)) return open.question.read(text) === 'unclear' ? 'none' : 'answer';
    for (const reading of readings) {
      const taken = this.#take(open, reading, { speech, isHeld: reading !== text });
      if (taken === 'taken') return 'answer';
      if (taken !== 'unclear') return taken;
    }
    if (mayBeCommand(open.question)) return 'none';
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
    // A no is always safe, however early it comes.
    return typeof reading === 'object' && reading.value === true
      ? 'This was said before the question had been spoken to its end.'
      : undefined;
  }

  /** Whether the open question, if there is one, would take the text as its answer. */
  expects(text: string): boolean {
    return this.#open !== undefined && this.#open.question.read(text) !== 'unclear';
  }

  /** Whether words that began at a time, ms of the session's clock, are part of what heed was speaking then. */
  isOwnVoice(text: string, startedAtMs: number): boolean {
    return this.#voice.isEcho(text, startedAtMs, true);
  }

  /** Ends the open question without an answer. */
  cancel(reason: string): void {
    const open = this.#open;
    if (open) this.#close(open, () => open.reject(new UnansweredError(reason)));
  }

  /** Ends the open question and refuses all further ones, while other things may still be said. */
  stopAsking(reason: string): void {
    this.#silence ??= reason;
    this.cancel(reason);
  }

  /** Ends the open question and refuses all further ones; nothing more is said. */
  end(reason: string): void {
    this.#endReason ??= reason;
    this.cancel(reason);
  }

  /** Ends a question whose command, or whose contexts, are no longer what they were when it was asked. */
  #endIfStale(open: OpenQuestion): boolean {
    const reason = open.whyStale();
    if (reason === undefined) return false;
    this.#close(open, () => open.reject(new UnansweredError(reason)));
    return true;
  }

  #take(open: OpenQuestion, text: string, by: AnsweredBy): 'taken' | 'unclear' | { reason: string } {
    const reading = open.question.read(text, by);
    if (reading === 'unclear') return reading;
    const objection = typeof reading === 'object' ? whyNotTaken(open, reading.value, by) : undefined;
    if (objection !== undefined) return { reason: objection };
    if (typeof reading === 'object') open.question.onAnswered?.(by);
    if (reading === 'unsure') this.#askAgain(open, open.question.unsureHint);
    else
      this.#close(open, () =>
        reading === 'cancelled'
          ? open.reject(new UnansweredError('The speaker called it off.'))
          : open.resolve(reading.value),
      );
    return 'taken';
  }

  #askAgain(open: OpenQuestion, hint: string | undefined): void {
    if (open.triesLeft-- === 0) {
      this.#close(open, () => open.reject(new UnansweredError('The answers were not understood.')));
      return;
    }
    this.#wait(open);
    this.#prompt(open, hint);
  }

  /** Gives the question up when no answer comes from now on; while the line is down, none can come. */
  #wait(open: OpenQuestion): void {
    open.callOff();
    if (this.#line === 'down') return;
    open.callOff = this.#clock.after(this.#timeoutMs, () =>
      this.#close(open, () => open.reject(new UnansweredError('No answer came.'))),
    );
  }

  #prompt({ promptId, question: { command, kind, text, options, pin } }: OpenQuestion, hint?: string): void {
    this.said(text, hint);
    this.#publish({
      type: 'prompt',
      command,
      prompt_id: promptId,
      kind,
      text: hint === undefined ? text : `${hint} ${text}`,
      ...(options ? { options: [...options] } : {}),
      ...(pin ? { pin } : {}),
    });
  }

  #close(open: OpenQuestion, settle: () => void): void {
    open.callOff();
    if (this.#open === open) this.#open = undefined;
    settle();
  }
}

/** Returns why an answer does not count because of whose it is. A no counts, whoever gives it. */
function whyNotTaken({ question, whyNotHeard }: OpenQuestion, value: unknown, by: AnsweredBy): string | undefined {
  const isNo = question.kind === 'confirm' && value === false;
  if (!whyNotHeard || isNo || question.onAnswered || question.isProof?.(value, by) === true) return undefined;
  return whyNotHeard(by.speech?.voice?.known);
}
