/** How often a process is asked whether it is alive, ms. */
export const askEveryMs = 1_000;

/** How many questions in a row may be open before a process counts as silent, and before it is given up. */
const [silentFrom, maxUnanswered] = [2, 5];

/** What a pulse calls. */
export interface PulseOptions {
  ask: () => void;
  /** The process was silent, and reacts again. */
  onVoice: () => void;
  /** The process has been silent for so long that it is to be ended. */
  onSilence: () => void;
}

/**
 * Notices that a process has not ended but reacts to nothing any more: it was stopped, or its JavaScript hangs.
 * Questions are counted, not time, so that a machine that was asleep, or stood still, does not end its processes.
 */
export class Pulse {
  readonly #options: PulseOptions;
  #timer: NodeJS.Timeout | undefined;
  #unanswered = 0;

  constructor(options: PulseOptions) {
    this.#options = options;
  }

  /** Whether the process has left questions open for a second, so that it had better be given nothing to do. */
  get isSilent(): boolean {
    return this.#unanswered >= silentFrom;
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
    const wasSilent = this.isSilent;
    this.#unanswered = 0;
    if (wasSilent) this.#options.onVoice();
  }

  #tick(): void {
    if (this.#unanswered++ < maxUnanswered) return this.#options.ask();
    this.stop();
    this.#options.onSilence();
  }
}
