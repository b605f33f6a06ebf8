const stopCell = 0;
const runningCell = 1;
const longestRunMs = 2_000;

/**
 * Keeps a thread from being ended inside native code, which would abort the whole process: native code runs only
 * `during` the guard, and the process ends only after `stop`. Both sides share the two cells.
 */
export class RunGuard {
  readonly cells: Int32Array;

  constructor(cells: Int32Array = new Int32Array(new SharedArrayBuffer(8))) {
    this.cells = cells;
  }

  /** In the thread: does the work unless the process is ending. */
  async during<T>(work: () => Promise<T>): Promise<T | undefined> {
    Atomics.store(this.cells, runningCell, 1);
    try {
      return Atomics.load(this.cells, stopCell) === 0 ? await work() : undefined;
    } finally {
      Atomics.store(this.cells, runningCell, 0);
      Atomics.notify(this.cells, runningCell);
    }
  }

  /** In the process, on its way out: lets no further run begin, and blocks until the present one is over. */
  stop(): void {
    Atomics.store(this.cells, stopCell, 1);
    Atomics.wait(this.cells, runningCell, 1, longestRunMs);
  }
}
