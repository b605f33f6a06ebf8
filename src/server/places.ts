import { HeedError } from '../errors.ts';

/** A fixed number of places, to limit how many of something exist at the same time. */
export class Places {
  readonly #count: number;
  readonly #option: string;
  #taken = 0;
  #closed: HeedError | undefined;

  /** @param option name of the option that sets the number, for the error message */
  constructor(count: number, option: string) {
    this.#count = count;
    this.#option = option;
  }

  /** Gives no more places away; those that are taken stay taken. */
  close(error: HeedError): void {
    this.#closed = error;
  }

  /**
   * Takes a place; returns the function that gives it back, which may be called more than once.
   * @throws HeedError `too-many`, or what `close` was given
   */
  take(): () => void {
    if (this.#closed) throw this.#closed;
    if (this.#taken >= this.#count) {
      throw new HeedError(
        'too-many',
        `All ${this.#count} places are taken. Try again later, or raise ${this.#option}.`,
      );
    }
    this.#taken++;
    let isTaken = true;
    return () => {
      if (isTaken) this.#taken--;
      isTaken = false;
    };
  }
}
