import { setImmediate } from 'node:timers/promises';

/** How long the messages of one client may be handled before others have their turn, ms. */
const maxTurnMs = 2;

/** The turn of one client on the thread that serves all of them. */
export class Turn {
  #endsMs = performance.now() + maxTurnMs;

  /** Lets others have their turn, once this one has been long enough. */
  async pass(): Promise<void> {
    if (performance.now() < this.#endsMs) return;
    await setImmediate();
    this.#endsMs = performance.now() + maxTurnMs;
  }
}
