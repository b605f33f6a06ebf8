import type { Problem } from '../grammar/index.ts';

/** An error that a command file threw after it was loaded, and that nobody caught. */
export interface LateError {
  error: Error;
  /** The address of the file that began what failed. */
  url: string;
  /** How often it has come by now. */
  times: number;
}

/** At how many places of files errors are told. A file that throws at more of them is known to be broken. */
const maxPlaces = 20;

/** The errors that files threw after they were loaded: one problem for each place, however often it throws. */
export class LateErrors {
  readonly #conceal: (text: string) => string;
  readonly #told = new Map<string, { url: string; problem: Problem }>();

  constructor(conceal: (text: string) => string) {
    this.#conceal = conceal;
  }

  get problems(): Problem[] {
    return [...this.#told.values()].map(({ problem }) => problem);
  }

  /** Takes an error and where it was thrown. Returns whether that changes the problems. */
  add({ error, url, times }: LateError, place: Pick<Problem, 'file' | 'line'>): boolean {
    const key = JSON.stringify(place);
    const before = this.#told.get(key);
    if (!before && this.#told.size === maxPlaces) return false;
    const count = times > 1 ? ` (${times} times so far)` : '';
    const message = this.#conceal(`Nobody caught an error of this file: ${error.name}: ${error.message}${count}`);
    this.#told.set(key, { url, problem: { severity: 'warning', ...place, message } });
    return before?.problem.message !== message;
  }

  /** Forgets the errors of files that are not in use any more, or not in this version. */
  retain(isInUse: (url: string) => boolean): void {
    for (const [key, { url }] of this.#told) if (!isInUse(url)) this.#told.delete(key);
  }
}
