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
