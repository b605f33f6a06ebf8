/** The work of a session that has not ended yet, and those who wait for its end. */
export class Running {
  readonly #works = new Set<Promise<void>>();
  readonly #waiting = new Set<() => void>();

  /** Takes work that has begun; returns it as it is. */
  add(work: Promise<void>): Promise<void> {
    const ended = work
      .catch(() => {
        /* The caller gets the error. */
      })
      .finally(() => this.#works.delete(ended));
    this.#works.add(ended);
    return work;
  }

  get isIdle(): boolean {
    return this.#works.size === 0;
  }

  /** Resolves when all work that has begun so far has ended. */
  async ended(): Promise<void> {
    await Promise.all(this.#works);
  }

  /** Something has happened because of which nobody may need to wait any longer. */
  stir(): void {
    for (const tell of this.#waiting) tell();
  }

  /** Resolves with what a wait brings, or with undefined at the next `stir`. */
  async untilStirred<T>(wait: Promise<T>): Promise<T | undefined> {
    let tell = (): void => undefined;
    const stirred = new Promise<undefined>((resolve) => {
      tell = () => resolve(undefined);
    });
    this.#waiting.add(tell);
    try {
      return await Promise.race([wait, stirred]);
    } finally {
      this.#waiting.delete(tell);
    }
  }
}
