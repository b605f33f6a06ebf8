import { HeedError } from '../errors.ts';
import { rank, ReadingQueue, type Waiting } from './queue.ts';

/** What the scheduler needs to know of a reading. */
export interface Schedulable extends Waiting {
  /** The segment that is read; at most one helper reading of a segment is alive. */
  readonly segment: object;
}

/** What the scheduler does to the world. A job is run any number of times and rejected at most once; see `finished`. */
export interface SchedulerOptions<S, J> {
  /** Readings that may wait. */
  maxQueue: number;
  /** How dear it is to run the job on this slot; the least is chosen. */
  cost(job: J, slot: S): number;
  /** `others` are the readings that run or wait beside it. */
  run(job: J, slot: S, others: number): void;
  /** Asks a running job to end soon; `finished(slot)` follows. */
  stop(job: J, slot: S): void;
  reject(job: J, error: HeedError): void;
}

type SlotState<J> = { job: J | undefined; startedOrder: number; isLeaving: boolean } | 'idle';

/**
 * Which reading runs where and when. Knows no clock, process or promise. A slot runs one reading at a time.
 *
 * - Final readings go before early ones, early ones before partials; one that finds no idle slot stops a running one of
 * a
 *   lower class, which is rejected `aborted`.
 * - A reading replaces the waiting and running helpers (early readings, partials) of its segment that are not more
 * urgent,
 *   and is refused `aborted` while a more urgent one of its segment is under way: results of a segment come in order.
 * - A full queue refuses `busy`, but for readings that find a less urgent one waiting: that one is rejected `aborted`.
 */
export class Scheduler<S, J extends Schedulable> {
  readonly #options: SchedulerOptions<S, J>;
  readonly #queue = new ReadingQueue<J>();
  readonly #slots = new Map<S, SlotState<J>>();
  #started = 0;

  constructor(options: SchedulerOptions<S, J>) {
    this.#options = options;
  }

  /** Takes a reading. Throws `busy` or `aborted` when it is not accepted. */
  submit(job: J): void {
    const others = this.#alive().filter((other) => other.segment === job.segment && other.priority !== 'final');
    const isSuperseded =
      job.priority !== 'final' &&
      this.#alive().some((other) => other.segment === job.segment && rank[other.priority] < rank[job.priority]);
    if (isSuperseded) throw new HeedError('aborted', 'A more urgent reading of the same segment is under way.');
    for (const other of others)
      this.cancel(other, new HeedError('aborted', 'A newer reading of the same segment replaced this one.'));
    if (this.#queue.size >= this.#options.maxQueue) this.#makeRoom(job);
    this.#queue.add(job);
    this.#dispatch();
  }

  /** Rejects a waiting or running job; false when it is neither. */
  cancel(job: J, error: HeedError): boolean {
    if (this.#queue.delete(job)) {
      this.#options.reject(job, error);
      return true;
    }
    for (const [slot, state] of this.#slots) {
      if (state === 'idle' || state.job !== job) continue;
      this.#stop(slot, state, error);
      return true;
    }
    return false;
  }

  /** Makes the early readings of a segment final ones. */
  promote(segment: object, { waitMs, dueMs }: Pick<Waiting, 'waitMs' | 'dueMs'>): void {
    for (const job of this.#alive()) {
      if (job.segment !== segment || job.priority !== 'early') continue;
      const isWaiting = this.#queue.delete(job);
      Object.assign(job, { priority: 'final', waitMs, dueMs });
      if (isWaiting) this.#queue.add(job);
    }
    this.#dispatch();
  }

  /**
   * A slot's job has ended, whatever way. Answers it, to be settled or retried by the caller, unless it was rejected
   * before.
   */
  finished(slot: S): J | undefined {
    const state = this.#slots.get(slot);
    if (!state || state === 'idle') return undefined;
    if (state.isLeaving) this.#slots.delete(slot);
    else this.#slots.set(slot, 'idle');
    this.#dispatch();
    return state.job;
  }

  /**
   * Takes a job again that `finished` answered. It keeps its deadline, and finds a place in a full queue too: it was
   * accepted before.
   */
  retry(job: J): void {
    this.#queue.add(job);
    this.#dispatch();
  }

  addSlot(slot: S): void {
    this.#slots.set(slot, 'idle');
    this.#dispatch();
  }

  /** Gives the slot no more jobs; `finished` is still due for the one it runs. */
  removeSlot(slot: S): void {
    const state = this.#slots.get(slot);
    if (state === undefined || state === 'idle') this.#slots.delete(slot);
    else state.isLeaving = true;
  }

  /** Rejects the finals whose deadline has come. */
  expire(nowMs: number): void {
    const late = [...this.#queue].filter(({ priority, dueMs }) => priority === 'final' && dueMs <= nowMs);
    for (const job of late)
      this.cancel(
        job,
        new HeedError('busy', 'No worker became free in time (transcribe.maxFinalWaitMs). Try again shortly.'),
      );
  }

  /** When `expire` has something to do next, ms; infinite when no final waits. */
  nextDueMs(): number {
    let next = Infinity;
    for (const { priority, dueMs } of this.#queue) if (priority === 'final') next = Math.min(next, dueMs);
    return next;
  }

  /** Rejects all that waits. */
  rejectWaiting(error: HeedError): void {
    for (const job of [...this.#queue]) this.cancel(job, error);
  }

  /** Rejects all that waits or runs. */
  rejectAll(error: HeedError): void {
    for (const job of this.#alive()) this.cancel(job, error);
  }

  /** Rejects all that waits or runs of one segment. */
  rejectSegment(segment: object, error: HeedError): void {
    for (const job of this.#alive()) if (job.segment === segment) this.cancel(job, error);
  }

  load(): { waiting: number; running: number; capacity: number } {
    const states = [...this.#slots.values()];
    const running = states.filter((state) => state !== 'idle').length;
    const capacity = states.filter((state) => state === 'idle' || !state.isLeaving).length;
    return { waiting: this.#queue.size, running, capacity };
  }

  #alive(): J[] {
    const running = [...this.#slots.values()].flatMap((state) => (state !== 'idle' && state.job ? [state.job] : []));
    return [...this.#queue, ...running];
  }

  #makeRoom(job: J): void {
    const last = [...this.#queue].at(-1)!;
    if (rank[last.priority] <= rank[job.priority]) {
      throw new HeedError(
        'busy',
        `${this.#queue.size} readings wait already (transcribe.maxQueue). Try again shortly.`,
      );
    }
    this.cancel(last, new HeedError('aborted', 'A more urgent reading took the place of this one.'));
  }

  #stop(slot: S, state: Exclude<SlotState<J>, 'idle'>, error: HeedError): void {
    const { job } = state;
    if (!job) return;
    state.job = undefined;
    this.#options.stop(job, slot);
    this.#options.reject(job, error);
  }

  #dispatch(): void {
    for (let slot = this.#idleSlot(); slot !== undefined; slot = this.#idleSlot()) {
      const job = this.#queue.take()!;
      this.#slots.set(slot, { job, startedOrder: this.#started++, isLeaving: false });
      this.#options.run(job, slot, this.#alive().length - 1);
    }
    this.#preempt();
  }

  /** The best idle slot for the next job, if there are both. */
  #idleSlot(): S | undefined {
    const job = this.#queue.peek();
    if (!job) return undefined;
    const idle = [...this.#slots].flatMap(([slot, state]) => (state === 'idle' ? [slot] : []));
    return cheapest(idle, (slot) => this.#options.cost(job, slot));
  }

  /** Stops as many less urgent readings as more urgent ones wait, beyond the slots that are about to be free. */
  #preempt(): void {
    let comingFree = [...this.#slots.values()].filter(
      (state) => state !== 'idle' && !state.job && !state.isLeaving,
    ).length;
    for (const priority of ['final', 'early'] as const) {
      const waiting = this.#queue.count(priority);
      for (let missing = waiting - comingFree; missing > 0; missing--) {
        const victim = this.#victim(rank[priority]);
        if (!victim) return;
        this.#stop(...victim, new HeedError('aborted', 'A more urgent reading needed the worker.'));
      }
      comingFree = Math.max(0, comingFree - waiting);
    }
  }

  /** The least urgent running reading below a rank; of equals the one begun last, which has the least work to lose. */
  #victim(below: number): [S, Exclude<SlotState<J>, 'idle'>] | undefined {
    const running = [...this.#slots].flatMap(([slot, state]) =>
      state !== 'idle' && state.job && !state.isLeaving && rank[state.job.priority] > below
        ? [{ slot, state, job: state.job }]
        : [],
    );
    const victim = running.sort(
      (a, b) => rank[b.job.priority] - rank[a.job.priority] || b.state.startedOrder - a.state.startedOrder,
    )[0];
    return victim && [victim.slot, victim.state];
  }
}

function cheapest<T>(items: T[], cost: (item: T) => number): T | undefined {
  let best: { item: T; cost: number } | undefined;
  for (const item of items) {
    const its = cost(item);
    if (!best || its < best.cost) best = { item, cost: its };
  }
  return best?.item;
}
