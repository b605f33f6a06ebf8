import { HeedError } from '../../src/errors.ts';
import { Scheduler } from '../../src/transcribe/scheduler.ts';
import type { Priority } from '../../src/types.ts';

/** A reading that remembers what became of it. */
export interface FakeJob {
  sessionId: string;
  segment: object;
  priority: Priority;
  waitMs: number;
  dueMs: number;
  slot?: string;
  /** How many readings ran or waited beside it when it began. */
  others?: number;
  settled: number;
  error?: HeedError;
}

/** A scheduler over slots that do nothing until they are told to. */
export class Bench {
  readonly scheduler: Scheduler<string, FakeJob>;
  readonly stopped: FakeJob[] = [];
  /** Called when a reading is about to run. */
  onRun: (job: FakeJob, slot: string) => void = () => undefined;
  cost: (job: FakeJob, slot: string) => number = () => 0;
  nowMs = 0;
  readonly #segments = new Map<string, object>();

  constructor({ maxQueue }: { maxQueue: number }) {
    this.scheduler = new Scheduler({
      maxQueue,
      canRun: () => true,
      cost: (job, slot) => this.cost(job, slot),
      run: (job, slot, others) => {
        this.onRun(job, slot);
        job.slot = slot;
        job.others = others;
      },
      stop: (job) => this.stopped.push(job),
      reject: (job, error) => settle(job, error),
    });
  }

  segment(name: string): object {
    const segment = this.#segments.get(name) ?? { name };
    this.#segments.set(name, segment);
    return segment;
  }

  /** Submits a reading; a refusal settles it too. */
  submit({
    segment,
    priority,
    dueMs,
    sessionId = segment,
  }: {
    segment: string;
    priority: Priority;
    dueMs: number;
    sessionId?: string;
  }): FakeJob {
    const job: FakeJob = {
      sessionId,
      segment: this.segment(segment),
      priority,
      waitMs: dueMs - this.nowMs,
      dueMs,
      settled: 0,
    };
    try {
      this.scheduler.submit(job);
    } catch (error) {
      settle(job, error as HeedError);
    }
    return job;
  }

  /** Gives the slot's reading a result. */
  finish(slot: string): FakeJob | undefined {
    const job = this.scheduler.finished(slot);
    if (job) settle(job);
    return job;
  }

  cancel(job: FakeJob): boolean {
    return this.scheduler.cancel(job, new HeedError('aborted', 'Cancelled.'));
  }
}

function settle(job: FakeJob, error?: HeedError): void {
  job.settled++;
  if (error) job.error = error;
}
