const firstRetryMs = 500;
const longestRetryMs = 8_000;
/** While the server keeps the session, every second counts. */
const longestKeptRetryMs = 1_000;
/** The server says every 250 ms what it has taken. If it is silent for so long, the line is dead. */
export const silenceMs = 8_000;

/** Says how long to wait before the next try to connect. */
export class Retries {
  #count = 0;

  /** Returns the next wait, ms, a little different each time so that not all clients come at once. */
  next(isKept: boolean): number {
    const longestMs = isKept ? longestKeptRetryMs : longestRetryMs;
    return Math.min(longestMs, firstRetryMs * 2 ** this.#count++) * (0.8 + 0.4 * Math.random());
  }

  /** A session is open again. */
  reset(): void {
    this.#count = 0;
  }
}

/** Looks every now and then whether a line is dead although nobody has closed it. */
export class LineWatch {
  readonly #look: () => 'alive' | 'idle' | 'dead';
  readonly #onDead: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `look` is called until it says `dead`, or `idle` because nothing waits for the server. */
  constructor(look: () => 'alive' | 'idle' | 'dead', onDead: () => void) {
    this.#look = look;
    this.#onDead = onDead;
  }

  start(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const state = this.#look();
      if (state === 'dead') this.#onDead();
      else if (state === 'alive') this.start();
    }, silenceMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
