/**
 * How many compiled sets of commands one cache keeps. A set is in use for each language and choice of contexts in which
 * somebody is speaking. Usually these are a few, so that with this limit a set is still there when its speaker comes
 * back. The largest sets, with a list of 100,000 values, take about ten megabytes each.
 */
export const keptGrammars = 32;

/** Keeps values up to a limit; beyond it, the one that was not used for the longest time is dropped. */
export class Recent<Key, Value> {
  readonly #most: number;
  /** The values in the order of their last use. */
  readonly #values = new Map<Key, Value>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Returns a value, which counts as using it; undefined when it is not kept. */
  get(key: Key): Value | undefined {
    const value = this.#values.get(key);
    if (value === undefined) return undefined;
    this.#values.delete(key);
    this.#values.set(key, value);
    return value;
  }

  /** Keeps a value; returns the key of the value that was dropped for it, if there was one. */
  set(key: Key, value: Value): Key | undefined {
    this.#values.delete(key);
    this.#values.set(key, value);
    if (this.#values.size <= this.#most) return undefined;
    const [oldest] = this.#values.keys();
    this.#values.delete(oldest!);
    return oldest;
  }

  clear(): void {
    this.#values.clear();
  }
}
