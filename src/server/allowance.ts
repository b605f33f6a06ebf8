/** How much may be taken how fast. */
export interface AllowanceOptions {
  /** Most that may be taken at once. */
  burst: number;
  /** What comes back in one millisecond. */
  perMs: number;
  /** A clock in ms that never goes back. */
  now: () => number;
}

/** A token bucket: full at first, emptied by use, refilled by time. */
export class Allowance {
  readonly #options: AllowanceOptions;
  #left: number;
  #filledAtMs: number;

  constructor(options: AllowanceOptions) {
    this.#options = options;
    this.#left = options.burst;
    this.#filledAtMs = options.now();
  }

  /** Takes an amount; false, and takes nothing, when there is not enough. */
  take(amount: number): boolean {
    this.#fill();
    if (amount > this.#left) return false;
    this.#left -= amount;
    return true;
  }

  /** Whether nothing is taken that has not come back. */
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
