import type { Priority } from '../types.ts';

/** What the queue needs to know of a reading. */
export interface Waiting {
  readonly sessionId: string;
  priority: Priority;
  /** How long the reading may wait, ms; 0 for early and partial readings, which have no deadline. */
  waitMs: number;
  /** When the reading arrived, plus `waitMs`. */
  dueMs: number;
}

/** The waiting readings of one session in one class, the nearest deadline first. */
interface Lane<J> {
  jobs: J[];
  /** When this session's turn comes: the lane with the smallest value is served next. */
  turnMs: number;
}

/** The order in which the classes are served. */
export const rank: Record<Priority, 0 | 1 | 2> = { final: 0, early: 1, partial: 2 };

/**
 * The readings that wait. Final readings are served before early ones, and these before partials. Within a class the
 * nearest deadline comes first, but sessions take turns: when a session has been served, its next reading counts as if
 * it had only arrived then.
 */
export class ReadingQueue<J extends Waiting> {
  readonly #classes: [Lanes<J>, Lanes<J>, Lanes<J>] = [
    new Map<string, Lane<J>>(),
    new Map<string, Lane<J>>(),
    new Map<string, Lane<J>>(),
  ];
  #size = 0;
  #latestArrivalMs = -Infinity;

  get size(): number {
    return this.#size;
  }

  /** How many wait in one class. */
  count(priority: Priority): number {
    let count = 0;
    for (const lane of this.#classes[rank[priority]].values()) count += lane.jobs.length;
    return count;
  }

  add(job: J): void {
    const lanes = this.#classes[rank[job.priority]];
    const lane = lanes.get(job.sessionId);
    if (lane) {
      const after = lane.jobs.findIndex(({ dueMs }) => dueMs > job.dueMs);
      lane.jobs.splice(after < 0 ? lane.jobs.length : after, 0, job);
      if (after === 0) lane.turnMs = Math.min(lane.turnMs, job.dueMs);
    } else lanes.set(job.sessionId, { jobs: [job], turnMs: job.dueMs });
    this.#latestArrivalMs = Math.max(this.#latestArrivalMs, job.dueMs - job.waitMs);
    this.#size++;
  }

  /** The reading that `take` would return. */
  peek(): J | undefined {
    return this.#next()?.lane.jobs[0];
  }

  take(): J | undefined {
    const next = this.#next();
    if (!next) return undefined;
    const { lanes, sessionId, lane } = next;
    const job = lane.jobs.shift()!;
    this.#size--;
    // The lane also moves to the end of the map: of lanes with equal turns, the one that comes first in it is served.
    lanes.delete(sessionId);
    const head = lane.jobs[0];
    if (head)
      lanes.set(sessionId, { jobs: lane.jobs, turnMs: Math.max(head.dueMs, this.#latestArrivalMs + head.waitMs) });
    return job;
  }

  /** Returns false if the reading is not waiting here. */
  delete(job: J): boolean {
    const lanes = this.#classes[rank[job.priority]];
    const lane = lanes.get(job.sessionId);
    const index = lane?.jobs.indexOf(job) ?? -1;
    if (!lane || index < 0) return false;
    lane.jobs.splice(index, 1);
    if (lane.jobs.length === 0) lanes.delete(job.sessionId);
    this.#size--;
    return true;
  }

  /** All waiting readings, the most urgent class first. */
  *[Symbol.iterator](): Generator<J> {
    for (const lanes of this.#classes) for (const lane of lanes.values()) yield* lane.jobs;
  }

  #next(): { lanes: Lanes<J>; sessionId: string; lane: Lane<J> } | undefined {
    const lanes = this.#classes.find(({ size }) => size > 0);
    if (!lanes) return undefined;
    let best: [string, Lane<J>] | undefined;
    for (const entry of lanes) if (!best || entry[1].turnMs < best[1].turnMs) best = entry;
    const [sessionId, lane] = best!;
    return { lanes, sessionId, lane };
  }
}

type Lanes<J> = Map<string, Lane<J>>;
