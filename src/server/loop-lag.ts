import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';

const resolutionMs = 10;
/** One long piece of work is no overload: what is late for most of this time is. */
const windowMs = 2_000;

/** How late this process gets to its work. All sockets are read in turn, so it is late with their audio by as much. */
export class LoopLag {
  readonly #delays: IntervalHistogram = monitorEventLoopDelay({ resolution: resolutionMs });
  readonly #timer: NodeJS.Timeout;
  #ms = 0;

  constructor() {
    this.#delays.enable();
    this.#timer = setInterval(() => {
      const medianMs = this.#delays.percentile(50) / 1e6;
      this.#ms = this.#delays.count === 0 ? 0 : Math.max(0, medianMs - resolutionMs);
      this.#delays.reset();
    }, windowMs);
    this.#timer.unref();
  }

  /** The median of the last 2 s, ms. */
  get ms(): number {
    return this.#ms;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#delays.disable();
  }
}
