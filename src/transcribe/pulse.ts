/** How often a process is asked whether it is alive, ms, and how many questions in a row it may leave unanswered. */
const [askEveryMs, maxUnanswered] = [1_000, 5];

/**
 * Notices that a process has not ended but reacts to nothing any more: it was stopped, or its JavaScript hangs.
 * Questions are counted, not time, so that a machine that was asleep, or stood still, does not end its processes.
 */
export class Pulse {
  readonly #ask: () => void;
  readonly #onSilence: () => void;
  #timer: NodeJS.Timeout | undefined;
  #unanswered = 0;

  constructor({ ask, onSilence }: { ask: () => void; onSilence: () => void }) {
    this.#ask = ask;
    this.#onSilence = onSilence;
  }

  /** Watches from now on. It does not keep the program alive. */
  watch(): void {
    this.#timer ??= setInterval(() => this.#tick(), askEveryMs).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Something has come from the process. */
  heard(): void {
    this.#unanswered = 0;
  }

  #tick(): void {
    if (this.#unanswered++ < maxUnanswered) return this.#ask();
    this.stop();
    this.#onSilence();
  }
}
