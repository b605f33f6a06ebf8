import { uptime } from 'node:os';

/** The clocks by which planned commands run. */
export interface PlanClock {
  /** The time of day, which may be set: ms since 1970. */
  nowMs(): number;
  /** ms since an arbitrary start, which nobody can set. Time while the machine sleeps counts. */
  elapsedMs(): number;
  /** Calls back once, after a time; returns the function that calls that off. */
  after(ms: number, run: () => void): () => void;
}

const started = { uptimeMs: uptime() * 1000, monotonicMs: performance.now() };

/** The machine's clocks. What is planned does not keep the process alive. */
export const machinePlanClock: PlanClock = {
  nowMs: () => Date.now(),
  // Of the two, only the first counts while the machine sleeps; not every machine has it.
  elapsedMs: () => Math.max(uptime() * 1000 - started.uptimeMs, performance.now() - started.monotonicMs),
  after: (ms, run) => {
    const timer = setTimeout(run, ms).unref();
    return () => clearTimeout(timer);
  },
};
