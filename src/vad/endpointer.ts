import type { Config } from '../config/index.ts';

/** What was understood of the words so far. */
export interface PhraseSoFar {
  /**
   * closed: a whole command that nothing can extend; extendable: whole, may go on; incomplete: the beginning of one;
   * none.
   */
  completeness: 'closed' | 'extendable' | 'incomplete' | 'none';
  risk: 'low' | 'medium' | 'high';
  /** Score of the match, 0–1. */
  score: number;
  /** Confidence of the transcript, 0–1. */
  confidence: number;
}

/** The silence to wait for before the segment ends, ms, and why, in words. */
export interface EndpointDecision {
  waitMs: number;
  /** Whether the words alone are reason enough to end. */
  isWhole: boolean;
  reason: string;
}

/** A pause this near to the wait, as a share of it, was almost taken for the end. */
const nearShare = 0.75;
/** The steps balance where 1 of 11 pauses inside phrases comes near to the wait. */
const longerStep = 1.1;
const shorterStep = 0.99;

/**
 * Decides from the words how long a silence must be to end the phrase, and learns how long this speaker pauses inside
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

  /** The silence that ends a phrase whose words are not known yet, ms. */
  get normalWaitMs(): number {
    return Math.round(this.#normalWaitMs);
  }

  /** The wait for these words. A command of more than low risk never ends early. */
  decide({ completeness, risk, score, confidence }: PhraseSoFar): EndpointDecision {
    const { completeWaitMs, minConfidence, minScore } = this.#config;
    const normalMs = this.normalWaitMs;
    const wait = (reason: string, waitMs = normalMs): EndpointDecision => ({ waitMs, isWhole: false, reason });
    switch (completeness) {
      case 'closed':
        if (risk !== 'low') return wait(`a whole command, but its risk is ${risk}`);
        if (confidence < minConfidence) return wait('a whole command, but the words are unsure');
        if (score < minScore) return wait('a whole command, but only nearly matched');
        return {
          waitMs: Math.min(completeWaitMs, normalMs),
          isWhole: true,
          reason: 'a whole command that nothing can extend',
        };
      case 'extendable':
        return wait('a whole command that may go on');
      case 'incomplete':
        return wait('the beginning of a command', this.#incompleteWaitMs);
      case 'none':
        return wait('no command so far');
    }
  }

  /** Learns from a pause inside a phrase, ms: the normal wait keeps a distance from such pauses, within its limits. */
  resumed(pauseMs: number): void {
    const { adapt, minWaitMs, maxWaitMs } = this.#config;
    if (!adapt) return;
    const step = pauseMs >= nearShare * this.#normalWaitMs ? longerStep : shorterStep;
    // A redemption outside of the limits is wished so.
    const shortest = Math.min(minWaitMs, this.#redemptionMs);
    const longest = Math.max(maxWaitMs, this.#redemptionMs);
    this.#normalWaitMs = Math.min(longest, Math.max(shortest, this.#normalWaitMs * step));
  }

  /** Grows with the normal wait: who pauses longer does so inside of commands too. */
  get #incompleteWaitMs(): number {
    const { incompleteWaitMs } = this.#config;
    return Math.round(
      Math.max(incompleteWaitMs, this.#normalWaitMs, (incompleteWaitMs * this.#normalWaitMs) / this.#redemptionMs),
    );
  }
}
