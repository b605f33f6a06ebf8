/** How much may be taken, and how fast it comes back. */
export interface AllowanceOptions {
  /** The most that may be taken at once. */
  burst: number;
  /** The amount that comes back in one millisecond. */
  perMs: number;
  /** A clock in ms that never goes back. */
  now: () => number;
}

/** A token bucket: it starts full, is emptied by use, and refills with time. */
export class Allowance {
  readonly #options: AllowanceOptions;
  #left: number;
  #filledAtMs: number;

  constructor(options: AllowanceOptions) {
    this.#options = options;
    this.#left = options.burst;
    this.#filledAtMs = options.now();
  }

  /** Takes an amount. Returns false and takes nothing when there is not enough. */
  take(amount: number): boolean {
    this.#fill();
    if (amount > this.#left) return false;
    this.#left -= amount;
    return true;
  }

  /** Whether everything that was taken has come back. */
  get isFull(): boolean {
    this.#fill();
    return this.#left >= this.#options.burst;
  }

  #fill(): void {
    const { burst, perMs, now } = this.#options;
    const nowMs = now();
    this.#left = Math.min(burst, this.#left + (nowMs - this.#filledAtMs) * perMs);
    this.#filledAtMs = nowMs;
  }
}
