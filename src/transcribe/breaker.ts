/** Ends within this time count together, ms. */
const windowMs = 30_000;

/** How many workers in a row may end before they can read. */
const maxStillborn = 3;

/** The first wait and the longest one between two tries, ms. */
const [firstGapMs, maxGapMs] = [1_000, 30_000];

/**
 * Decides whether an ended worker is replaced at once. While it is closed, each is. When too many have ended within a
 * short time, or several in a row before they could read, it opens: then workers are only tried, one at a time, after
 * waits that grow. It closes again when one of them has lasted.
 */
export class Breaker {
  readonly #maxEnds: number;
  readonly #now: () => number;
  #ends: number[] = [];
  #stillborn = 0;
  #gapMs = 0;

  /** @param now returns the time, ms; default: the machine's clock */
  constructor(workers: number, now: () => number = () => performance.now()) {
    this.#maxEnds = 2 * workers + 2;
    this.#now = now;
  }

  get isOpen(): boolean {
    return this.#gapMs > 0;
  }

  /** A worker has ended, which could read or never could. Returns how long to wait before the next one, ms. */
  ended(couldRead: boolean): number {
    const nowMs = this.#now();
    this.#ends = [...this.#ends.filter((endedMs) => nowMs - endedMs < windowMs), nowMs];
    this.#stillborn = couldRead ? 0 : this.#stillborn + 1;
    if (this.isOpen) this.#gapMs = Math.min(maxGapMs, 2 * this.#gapMs);
    else if (this.#ends.length > this.#maxEnds || this.#stillborn >= maxStillborn) this.#gapMs = firstGapMs;
    return this.#gapMs;
  }

  /** A worker has lasted, so ended ones are replaced at once again. */
  close(): void {
    this.#ends = [];
    this.#stillborn = 0;
    this.#gapMs = 0;
  }
}
