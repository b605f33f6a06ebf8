import { setImmediate } from 'node:timers/promises';

/** The turn of one client on the thread that serves all of them. */
export class Turn {
  readonly #maxMs: number;
  #endsMs: number;

  /** @param maxMs how long others may be kept waiting, ms */
  constructor(maxMs: number) {
    this.#maxMs = maxMs;
    this.#endsMs = performance.now() + maxMs;
  }

  /** Lets others have their turn, once this one has been long enough. */
  async pass(): Promise<void> {
    if (performance.now() < this.#endsMs) return;
    await setImmediate();
    this.#endsMs = performance.now() + this.#maxMs;
  }
}
