/** The most claims remembered in a session; no segment is delivered again after so many others. */
const maxClaims = 1000;

/** Remembers what has been acted on, so that nothing runs twice. */
export class Claims {
  readonly #keys = new Set<string>();

  /** Returns true the first time a key is claimed, and false from then on. */
  claim(key: string): boolean {
    if (this.#keys.has(key)) return false;
    this.#keys.add(key);
    if (this.#keys.size > maxClaims) this.#keys.delete(this.#keys.values().next().value!);
    return true;
  }
}
