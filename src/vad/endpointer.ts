import type { Config } from '../config/index.ts';

/** What has been understood of the words so far. */
export interface PhraseSoFar {
  /**
   * closed: a whole command that nothing can extend; extendable: a whole command that may go on; incomplete: the
   * beginning of a command; none: no command.
   */
  completeness: 'closed' | 'extendable' | 'incomplete' | 'none';
  risk: 'low' | 'medium' | 'high';
  /** The score of the match, 0–1. */
  score: number;
  /** The confidence of the transcript, 0–1. */
  confidence: number;
}

/** How long a silence must be to end the segment, ms, and the reason in words. */
export interface EndpointDecision {
  waitMs: number;
  /** Whether the words alone are reason enough to end the segment. */
  isWhole: boolean;
  reason: string;
}

/**
 * They were hardly heard, and yet they fit no other command. Little speaks for more to come; but they may be a part
 * of something else, which a longer pause inside a phrase would show.
 */
const unsureWords = 'the words are unsure';
/** A pause at least this long, as a share of the wait, was almost taken for the end. */
const nearShare = 0.75;
/** With these steps, the wait settles where 1 of 11 pauses inside phrases comes near to it. */
const longerStep = 1.1;
const shorterStep = 0.99;

/**
 * Decides from the words how long a silence must be to end the segment, and learns how long this speaker pauses inside
 * phrases.
 */
export class Endpointer {
  readonly #config: Config['endpoint'];
  readonly #redemptionMs: number;
  #normalWaitMs: number;

  constructor({ endpoint, vad }: Pick<Config, 'endpoint' | 'vad'>) {
    this.#config = endpoint;
    this.#redemptionMs = vad.redemptionMs;
    this.#normalWaitMs = vad.redemptionMs;
  }

  /** The silence that ends a segment whose words are not known yet, ms. */
  get normalWaitMs(): number {
    return Math.round(this.#normalWaitMs);
  }

  /** Returns the wait for these words. A command of more than low risk never ends early. */
  decide(phrase: PhraseSoFar): EndpointDecision {
    const { completeWaitMs, unsureWaitMs } = this.#config;
    const normalMs = this.normalWaitMs;
    const wait = (reason: string, waitMs = normalMs): EndpointDecision => ({ waitMs, isWhole: false, reason });
    switch (phrase.completeness) {
      case 'closed': {
        const doubt = this.#doubtOf(phrase);
        if (doubt === unsureWords) return wait(`a whole command, but ${doubt}`, Math.min(unsureWaitMs, normalMs));
        if (doubt !== undefined) return wait(`a whole command, but ${doubt}`);
        return {
          waitMs: Math.min(completeWaitMs, normalMs),
          isWhole: true,
          reason: 'a whole command that nothing can extend',
        };
      }
      case 'extendable':
        return wait('a whole command that may go on');
      case 'incomplete':
        return wait('the beginning of a command', this.#incompleteWaitMs);
      case 'none':
        return wait('no command so far');
    }
  }

  /** Whether these words are a command of low risk beyond doubt, even if it may go on. */
  isSure(phrase: PhraseSoFar): boolean {
    const isWhole = phrase.completeness === 'closed' || phrase.completeness === 'extendable';
    return isWhole && this.#doubtOf(phrase) === undefined;
  }

  /** Learns from a pause inside a phrase, ms: the normal wait stays well above such pauses, within its limits. */
  resumed(pauseMs: number): void {
    const { adapt, minWaitMs, maxWaitMs } = this.#config;
    if (!adapt) return;
    const step = pauseMs >= nearShare * this.#normalWaitMs ? longerStep : shorterStep;
    // Whoever sets a redemption outside the limits means it, so the limits widen to include it.
    const shortest = Math.min(minWaitMs, this.#redemptionMs);
    const longest = Math.max(maxWaitMs, this.#redemptionMs);
    this.#normalWaitMs = Math.min(longest, Math.max(shortest, this.#normalWaitMs * step));
  }

  /** Why a whole command is not taken at its word; undefined if nothing speaks against it. */
  #doubtOf({ risk, confidence, score }: PhraseSoFar): string | undefined {
    const { minConfidence, minScore } = this.#config;
    if (risk !== 'low') return `its risk is ${risk}`;
    if (score < minScore) return 'only nearly matched';
    return confidence < minConfidence ? unsureWords : undefined;
  }

  /** Grows with the normal wait, because a speaker who pauses longer does so inside commands too. */
  get #incompleteWaitMs(): number {
    const { incompleteWaitMs } = this.#config;
    return Math.round(
      Math.max(incompleteWaitMs, this.#normalWaitMs, (incompleteWaitMs * this.#normalWaitMs) / this.#redemptionMs),
    );
  }
}
