/**
 * Compiled sets of commands that one place keeps. One is in use for each language and choice of contexts that somebody
 * speaks in now: a few as a rule, and with this many a set of another speaker is still there after their turn. The
 * largest sets, with a list of 100,000 values, take some ten megabytes each.
 */
export const keptGrammars = 32;

/** What was used last, up to a limit: whatever was not used for longest goes first. */
export class Recent<Key, Value> {
  readonly #most: number;
  /** In the order of use. */
  readonly #values = new Map<Key, Value>();

  constructor(most: number) {
    this.#most = most;
  }

  /** The value, which is thereby used; undefined when it is not there any more. */
  get(key: Key): Value | undefined {
    const value = this.#values.get(key);
    if (value === undefined) return undefined;
    this.#values.delete(key);
    this.#values.set(key, value);
    return value;
  }

  /** Keeps a value; returns the key of the one that had to go for it, if any. */
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
