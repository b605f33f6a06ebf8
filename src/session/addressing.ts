import { wakeWordsOf, type WakeWords } from '../grammar/index.ts';
import type { EventBody } from '../events/event.ts';
import { codeOrDefault, languageOf } from '../language/index.ts';
import type { Clock } from '../types.ts';

/** What an `Addressing` needs. */
export interface AddressingOptions {
  /** Without any, everything that is said is meant for heed. */
  phrases: readonly string[];
  /** How long a command may follow a wake phrase alone, ms. */
  withinMs: number;
  publish: (body: EventBody) => void;
  clock: Clock;
  /** Whether words that began at a time, ms of the clock, are probably those that heed itself was speaking. */
  isOwnVoice: (text: string, startedAtMs: number) => boolean;
}

/** When and how something was spoken. */
export interface Spoken {
  /** When speech was noticed, ms of the session's clock. */
  startedAtMs: number;
  /** Whether push-to-talk was held. */
  isHeld: boolean;
  /** Whether it may be a PIN that is being asked for, so that its sound and words must be kept nowhere. */
  isSecret?: boolean;
}

/**
 * Knows whether what a speaker says is meant for heed. With wake phrases it is if it begins with one, if it follows one
 * that was said alone, or if push-to-talk is held. Answers to questions are another matter: a question addresses the
 * speaker, so its answer needs no wake phrase.
 */
export class Addressing {
  readonly #options: AddressingOptions;
  readonly #words = new Map<string, WakeWords>();
  /** When the time after a wake phrase alone is over, ms of the clock. */
  #untilMs = -Infinity;
  /** Calls off the event that it is over; undefined once that has come. */
  #callOff: (() => void) | undefined;
  #isHeld = false;

  constructor(options: AddressingOptions) {
    this.#options = options;
  }

  /** The phrases, or undefined if none is needed. */
  get phrases(): readonly string[] | undefined {
    const { phrases } = this.#options;
    return phrases.length > 0 ? phrases : undefined;
  }

  /** Whether push-to-talk is held. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  set isHeld(isHeld: boolean) {
    this.#isHeld = isHeld;
  }

  /** Returns the wake phrases as a language writes them; undefined if none is needed. */
  words(language: string): WakeWords | undefined {
    const { phrases } = this;
    if (!phrases) return undefined;
    const code = codeOrDefault(language);
    let words = this.#words.get(code);
    if (!words) this.#words.set(code, (words = wakeWordsOf(phrases, languageOf(code))));
    return words;
  }

  /** Whether speech must begin with a wake phrase to be meant for heed. */
  needsWake({ startedAtMs, isHeld }: Spoken): boolean {
    return this.phrases !== undefined && !isHeld && startedAtMs > this.#untilMs;
  }

  /** Whether the words are probably heed's own, which wake nobody. */
  isOwnVoice(text: string, { startedAtMs }: Spoken): boolean {
    return this.#options.isOwnVoice(text, startedAtMs);
  }

  /**
   * A wake phrase was said alone: for a while, no other is needed. Speech that begins within that time counts. If the
   * phrase comes late, the time has begun when it was spoken (`lateAtMs`, ms of the clock): whoever got no sign then
   * must not be taken at their word long after.
   */
  wake(phrase: string, { segmentId, lateAtMs }: { segmentId?: string | undefined; lateAtMs?: number } = {}): void {
    const { withinMs, publish, clock } = this.#options;
    if (withinMs === 0) return;
    const nowMs = clock.nowMs();
    this.#untilMs = Math.max(this.#untilMs, (lateAtMs ?? nowMs) + withinMs);
    const leftMs = this.#untilMs - nowMs;
    // Only what was said then, and comes as late, is meant for heed.
    if (leftMs <= 0) return;
    this.#callOff?.();
    this.#callOff = clock.after(leftMs, () => {
      this.#callOff = undefined;
      publish({ type: 'wake.ended', reason: 'timeout' });
    });
    publish({
      type: 'wake.started',
      ...(segmentId === undefined ? {} : { segment_id: segmentId }),
      phrase,
      within_ms: Math.round(leftMs),
    });
  }

  /** A command was given, so the next one needs a wake phrase again, even if it began in time and comes late. */
  commanded(): void {
    const isOpen = this.#callOff !== undefined;
    this.close();
    if (isOpen) this.#options.publish({ type: 'wake.ended', reason: 'command' });
  }

  /** Stops waiting, without an event. Idempotent. */
  close(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    this.#untilMs = -Infinity;
  }
}
