import type { PlanClock } from '../../src/dispatch/index.ts';

interface Timer {
  atMs: number;
  run: () => void;
}

/** The clocks of planned commands, which a test moves. */
export class PlanTime implements PlanClock {
  #wallMs: number;
  #elapsedMs = 0;
  readonly #timers = new Set<Timer>();

  /** @param start the wall clock at the beginning, local time */
  constructor(start = '2026-11-29T17:30:20.500') {
    this.#wallMs = new Date(start).getTime();
  }

  nowMs(): number {
    return this.#wallMs;
  }

  elapsedMs(): number {
    return this.#elapsedMs;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { atMs: this.#elapsedMs + ms, run };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** Lets time pass, and whatever was to happen then. */
  async pass(ms: number): Promise<void> {
    const endMs = this.#elapsedMs + ms;
    for (;;) {
      await settled();
      const [next] = [...this.#timers].sort((a, b) => a.atMs - b.atMs);
      if (!next || next.atMs > endMs) break;
      this.#move(Math.max(0, next.atMs - this.#elapsedMs));
      this.#timers.delete(next);
      next.run();
    }
    this.#move(endMs - this.#elapsedMs);
    await settled();
  }

  /** The machine sleeps: its clocks go on, and its timers do not. */
  sleep(ms: number): void {
    this.#move(ms);
    for (const timer of this.#timers) timer.atMs += ms;
  }

  /** Somebody sets the wall clock. */
  set(byMs: number): void {
    this.#wallMs += byMs;
  }

  #move(ms: number): void {
    this.#wallMs += ms;
    this.#elapsedMs += ms;
  }
}

/** Lets everything run that waits for nothing but promises. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 50; i++) await Promise.resolve();
}
