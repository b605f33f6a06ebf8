import { HeedError } from '../errors.ts';
import { rank, ReadingQueue, type Waiting } from './queue.ts';

/** What the scheduler needs to know of a reading. */
export interface Schedulable extends Waiting {
  /** The segment that is read. At most one of its early and partial readings waits or runs at a time. */
  readonly segment: object;
}

/** What the scheduler calls. A job may be run any number of times, and is rejected at most once; see `finished`. */
export interface SchedulerOptions<S, J> {
  /** How many readings may wait. */
  maxQueue: number;
  /** Whether the slot may be given a job now; when that becomes true, `wake` must be called. */
  canRun(slot: S): boolean;
  /** How costly it is to run the job on this slot; the slot with the least cost is chosen. */
  cost(job: J, slot: S): number;
  /** Starts a job. `others` is the number of other readings that run or wait. */
  run(job: J, slot: S, others: number): void;
  /** Asks a running job to end soon; `finished(slot)` follows. */
  stop(job: J, slot: S): void;
  reject(job: J, error: HeedError): void;
}

type SlotState<J> = { job: J | undefined; startedOrder: number; isLeaving: boolean } | 'idle';

/**
 * Decides which reading runs where and when. It knows no clock, process or promise. A slot runs one reading at a time.
 * Early readings and partials are called helpers, as only final ones must not be lost.
 *
 * - Final readings go before early ones, and these before partials. If no slot is idle, a reading stops a less urgent
 *   one that runs, which is rejected with `aborted`.
 * - A reading replaces the helpers of its segment, waiting or running, unless one of them is more urgent. While a more
 *   urgent reading of its segment is under way, it is itself refused with `aborted`. So the results of a segment come
 *   in order.
 * - When the queue is full, a reading is refused with `busy`, unless a less urgent one waits: then that one is rejected
 *   with `aborted` to make room.
 */
export class Scheduler<S, J extends Schedulable> {
  readonly #options: SchedulerOptions<S, J>;
  readonly #queue = new ReadingQueue<J>();
  readonly #slots = new Map<S, SlotState<J>>();
  #started = 0;

  constructor(options: SchedulerOptions<S, J>) {
    this.#options = options;
  }

  /** Accepts a reading, or throws `busy` or `aborted`. */
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

  /** Rejects a job that waits or runs; returns false if it does neither. */
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
   * To be called when a slot's job has ended, in whatever way. Returns the job, which the caller must settle or retry,
   * or undefined if it has been rejected already.
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
   * Queues a job once more that `finished` has returned. It is accepted even if the queue is full, because it was
   * accepted before.
   */
  retry(job: J): void {
    this.#queue.add(job);
    this.#dispatch();
  }

  /** A slot can run jobs again. */
  wake(): void {
    this.#dispatch();
  }

  addSlot(slot: S): void {
    this.#slots.set(slot, 'idle');
    this.#dispatch();
  }

  /** Gives the slot no more jobs. For the job that it still runs, `finished` must be called as usual. */
  removeSlot(slot: S): void {
    const state = this.#slots.get(slot);
    if (state === undefined || state === 'idle') this.#slots.delete(slot);
    else state.isLeaving = true;
  }

  /** Rejects the waiting final readings whose deadline has passed. */
  expire(nowMs: number): void {
    const late = [...this.#queue].filter(({ priority, dueMs }) => priority === 'final' && dueMs <= nowMs);
    for (const job of late)
      this.cancel(
        job,
        new HeedError('busy', 'No speech worker became free in time (transcribe.maxFinalWaitMs). Try again shortly.'),
      );
  }

  /** When `expire` will next have something to do, ms; infinite if no final reading waits. */
  nextDueMs(): number {
    let next = Infinity;
    for (const { priority, dueMs } of this.#queue) if (priority === 'final') next = Math.min(next, dueMs);
    return next;
  }

  /** Rejects all readings that wait. */
  rejectWaiting(error: HeedError): void {
    for (const job of [...this.#queue]) this.cancel(job, error);
  }

  /** Rejects all readings that wait or run. */
  rejectAll(error: HeedError): void {
    for (const job of this.#alive()) this.cancel(job, error);
  }

  /** Rejects all readings of one segment that wait or run. */
  rejectSegment(segment: object, error: HeedError): void {
    for (const job of this.#alive()) if (job.segment === segment) this.cancel(job, error);
  }

  load(): { waiting: number; running: number; capacity: number } {
    const slots = [...this.#slots];
    const running = slots.filter(([, state]) => state !== 'idle').length;
    const capacity = slots.filter(
      ([slot, state]) => (state === 'idle' || !state.isLeaving) && this.#options.canRun(slot),
    ).length;
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
        `${this.#queue.size} readings are already waiting (transcribe.maxQueue). Try again shortly.`,
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

  /** The best idle slot for the next job, if there is a job and an idle slot. */
  #idleSlot(): S | undefined {
    const job = this.#queue.peek();
    if (!job) return undefined;
    const idle = [...this.#slots].flatMap(([slot, state]) =>
      state === 'idle' && this.#options.canRun(slot) ? [slot] : [],
    );
    return cheapest(idle, (slot) => this.#options.cost(job, slot));
  }

  /** For each waiting reading that no slot will soon be free for, stops a less urgent reading that runs. */
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

  /** The least urgent running reading below a rank. Of equals the one begun last is chosen: it loses the least work. */
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
