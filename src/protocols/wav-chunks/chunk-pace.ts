/**
 * Says how long a recorder's next chunk may take to come. A live recorder sends a chunk when it is full, so the next
 * one comes a chunk's length later; one that sends a finished recording sends them as fast as it can.
 */
export class ChunkPace {
  readonly #idleMs: number;
  #lastAtMs: number | undefined;

  /** @param idleMs how much later than that a chunk may come before the recording counts as over */
  constructor(idleMs: number) {
    this.#idleMs = idleMs;
  }

  /**
   * Returns how long to wait, ms, for what follows a chunk of `lengthMs` that came at `atMs`. The gap before it shows
   * how the recorder sends; it counts up to the chunk's own length, because a longer one was a pause.
   */
  waitAfter(lengthMs: number, atMs: number): number {
    const gapMs = this.#lastAtMs === undefined ? lengthMs : atMs - this.#lastAtMs;
    this.#lastAtMs = atMs;
    return this.#idleMs + Math.max(0, Math.min(lengthMs, gapMs));
  }
}
