import { askEveryMs } from './pulse.ts';

/** A reading may always cost its worker so much, or so many times as long as its sound lasts, ms. */
const [leastMs, timesSound] = [5_000, 6];

/**
 * On a slow machine, or with a large model, it may cost so many times what the worker's first reading did, in
 * proportion to the sound: a grammar and a repeated text cost several times a plain reading.
 */
const timesFirst = 10;

/** Of the time between two answers, a worker that computes gets at least this share of a processor, on any machine. */
const leastShare = 0.01;

/** What a worker's first reading, of a known sound, has cost it; both in ms. */
export interface Pace {
  costMs: number;
  soundMs: number;
}

/**
 * What one reading has cost its worker, which tells one that never ends from one that is slow. On a busy machine, time
 * says nothing: a worker that gets a tenth of a processor takes ten times as long. So its own processor time counts. A
 * worker that uses none waits for something that may never come; then time counts after all, by the questions that the
 * worker has answered, since a machine that stood still answers none.
 */
export class Effort {
  readonly limitMs: number;
  readonly #startedMs: number;
  #spentMs = 0;

  constructor(soundMs: number, { pace, nowMs }: { pace: Pace; nowMs: number }) {
    const usualMs = pace.costMs * Math.max(1, soundMs / pace.soundMs);
    this.limitMs = Math.max(leastMs, timesSound * soundMs, timesFirst * usualMs);
    this.#startedMs = nowMs;
  }

  get spentMs(): number {
    return this.#spentMs;
  }

  get isTooMuch(): boolean {
    return this.#spentMs > this.limitMs;
  }

  /**
   * The worker has answered the next question. `cpuMs` is the processor time that it used since the one before, which
   * is undefined where something else computes.
   */
  add(cpuMs: number | undefined, nowMs: number): void {
    const isWaiting = cpuMs === undefined || cpuMs < leastShare * askEveryMs;
    this.#spentMs += Math.min(askEveryMs, nowMs - this.#startedMs, isWaiting ? askEveryMs : cpuMs);
  }
}
