/** Phrases of a session that are remembered as acted on; a segment is never delivered that late. */
const maxClaims = 1000;

/** What has been acted on already, so that nothing runs twice. */
export class Claims {
  readonly #keys = new Set<string>();

  /** True the first time, false ever after. */
  claim(key: string): boolean {
    if (this.#keys.has(key)) return false;
    this.#keys.add(key);
    if (this.#keys.size > maxClaims) this.#keys.delete(this.#keys.values().next().value!);
    return true;
  }
}
