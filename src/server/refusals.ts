import type { ErrorCode } from '../errors.ts';
import type { Log } from '../log.ts';

/** Counts the requests and connections that ended with an error, by its code. */
export class Refusals {
  readonly #byCode = new Map<ErrorCode, number>();
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  /** How many there were of each code so far. */
  get byCode(): ReadonlyMap<ErrorCode, number> {
    return this.#byCode;
  }

  /** Counts one more. What the client sent is not logged, as it may hold a token or a phrase. */
  count(what: 'request' | 'connection', code: ErrorCode): void {
    this.#byCode.set(code, (this.#byCode.get(code) ?? 0) + 1);
    this.#log(`A ${what} was refused.`, { level: 'info', code });
  }
}
