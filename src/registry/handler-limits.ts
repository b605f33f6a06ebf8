import { HandlerStopped } from './command.ts';

/** What a handler may spend at once, and how much of it comes back every second. */
const budget = 2_000;

/** What it costs to do something; its size, in characters, costs one more for each thousand. */
const costs = { say: 40, 'state.set': 10, 'contexts.enter': 10, 'contexts.leave': 10 } as const;

/**
 * How much a handler says and changes. Everybody who listens gets all of it, so a handler that goes round in circles
 * must not flood them: about fifty sentences, two hundred values, or two million characters in one go.
 */
export class HandlerLimits {
  #left = budget;
  #countedMs = performance.now();

  /** Returns the error if a handler does more than it may; then it has done nothing. */
  spend(what: keyof typeof costs, size = 0): HandlerStopped | undefined {
    const nowMs = performance.now();
    this.#left = Math.min(budget, this.#left + ((nowMs - this.#countedMs) / 1000) * budget);
    this.#countedMs = nowMs;
    const cost = costs[what] + size / 1000;
    if (cost > this.#left)
      return new HandlerStopped('too-large', 'The handler said or changed more than heed takes in such a short time.');
    this.#left -= cost;
    return undefined;
  }
}
