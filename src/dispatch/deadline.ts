/** A timer that does not run while it is paused. Pauses may overlap. */
export class Deadline {
  readonly #onOver: () => void;
  #leftMs: number;
  #runningSinceMs = 0;
  #pauses = 0;
  #timer: NodeJS.Timeout | undefined;
  #state: 'running' | 'ended' = 'running';

  constructor(ms: number, onOver: () => void) {
    this.#leftMs = ms;
    this.#onOver = onOver;
    this.#start();
  }

  pause(): void {
    if (this.#pauses++ > 0) return;
    clearTimeout(this.#timer);
    this.#leftMs -= performance.now() - this.#runningSinceMs;
  }

  resume(): void {
    if (--this.#pauses === 0 && this.#state === 'running') this.#start();
  }

  /** Stops the timer for good, because the work is done. */
  end(): void {
    this.#state = 'ended';
    clearTimeout(this.#timer);
  }

  #start(): void {
    this.#runningSinceMs = performance.now();
    this.#timer = setTimeout(
      () => {
        this.#state = 'ended';
        this.#onOver();
      },
      Math.max(0, this.#leftMs),
    );
  }
}

/** Resolves with what the work brings. If that takes longer, rejects with `late` and aborts the signal of the work. */
export async function inTime<T>(ms: number, late: Error, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  let onLate = (): void => undefined;
  const timeout = new Promise<never>((_, reject) => {
    onLate = () => reject(late);
  });
  const deadline = new Deadline(ms, () => {
    abort.abort(late);
    onLate();
  });
  try {
    return await Promise.race([work(abort.signal), timeout]);
  } finally {
    deadline.end();
  }
}
