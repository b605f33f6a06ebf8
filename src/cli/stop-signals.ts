import { exitCodes } from './program.ts';

/** A signal that asks heed to end. */
export type StopSignal = 'SIGINT' | 'SIGTERM';

/**
 * npm passes Ctrl+C on to its script, which the terminal has told already. Within this time after the first signal, a
 * second one counts as its echo, ms.
 */
const echoMs = 100;

/** What `StopSignals` needs of the process; a test brings its own. */
export interface SignalSource {
  on(signal: StopSignal, listener: () => void): unknown;
  /** Ends the process at once. */
  exit(code: number): void;
}

/** Takes Ctrl+C and SIGTERM: the first one is for the caller, the second one ends the process at once. */
export class StopSignals {
  /** Resolves with the first signal. */
  readonly first: Promise<StopSignal>;
  readonly #source: Pick<SignalSource, 'exit'>;
  readonly #now: () => number;
  #tell!: (signal: StopSignal) => void;
  #firstAtMs: number | undefined;

  constructor(source: SignalSource = process, now: () => number = () => performance.now()) {
    this.#source = source;
    this.#now = now;
    this.first = new Promise((resolve) => {
      this.#tell = resolve;
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) source.on(signal, () => this.#handle(signal));
  }

  #handle(signal: StopSignal): void {
    if (this.#firstAtMs === undefined) {
      this.#firstAtMs = this.#now();
      this.#tell(signal);
    } else if (this.#now() - this.#firstAtMs >= echoMs) this.#source.exit(exitCodes.interrupted);
  }
}
