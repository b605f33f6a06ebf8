import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Priority } from '../../src/types.ts';
import { Bench, type FakeJob } from './scheduler-bench.ts';

const maxQueue = 5;
const maxWaitMs = 50;
const classes = ['final', 'early', 'partial'] as const;
const urgency = (priority: Priority): number => classes.indexOf(priority);

type Step =
  | { do: 'submit'; session: number; segment: number; priority: Priority }
  | { do: 'cancel' | 'finish' | 'lose'; at: number }
  | { do: 'promote'; segment: number }
  | { do: 'add' }
  | { do: 'tick'; ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('submit' as const),
      session: fc.nat(2),
      segment: fc.nat(5),
      priority: fc.constantFrom(...classes),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('finish' as const), at: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('cancel' as const, 'lose' as const), at: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('promote' as const), segment: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'add' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('tick' as const), ms: fc.nat(20) }) },
);

/** Plays a sequence of arrivals, ends, aborts and dying workers, and checks after each step what must always hold. */
class Story {
  readonly bench = new Bench({ maxQueue });
  readonly jobs: FakeJob[] = [];
  /** The slots with a reading that has not ended yet, including those that were stopped. */
  readonly busy = new Map<string, FakeJob>();
  readonly idle = new Set<string>();
  readonly leaving = new Set<string>();
  readonly losses = new Map<FakeJob, number>();
  /** Readings whose slot is free again while their result is still on its way to the caller. */
  #ending: FakeJob | undefined;
  #slots = 0;

  constructor(slots: number) {
    this.bench.onRun = (job, slot) => {
      expect(this.idle.delete(slot), 'a slot runs one reading at a time').toBe(true);
      expect(job.settled, 'what was settled does not run').toBe(0);
      const waiting = this.waiting().filter((other) => other !== job);
      expect(
        waiting.filter((other) => urgency(other.priority) < urgency(job.priority)),
        'nothing more urgent waits',
      ).toEqual([]);
      this.busy.set(slot, job);
    };
    for (let i = 0; i < slots; i++) this.add();
  }

  add(): void {
    const slot = `slot${this.#slots++}`;
    this.idle.add(slot);
    this.bench.scheduler.addSlot(slot);
  }

  waiting(): FakeJob[] {
    const running = new Set(this.busy.values());
    return this.jobs.filter((job) => job.settled === 0 && !running.has(job) && job !== this.#ending);
  }

  end(slot: string, isLost: boolean): void {
    const job = this.busy.get(slot)!;
    const isRejected = job.settled > 0;
    this.busy.delete(slot);
    if (!this.leaving.delete(slot)) this.idle.add(slot);
    this.#ending = job;
    const back = isLost ? this.bench.scheduler.finished(slot) : this.bench.finish(slot);
    this.#ending = undefined;
    expect(back).toBe(isRejected ? undefined : job);
    if (!isLost || !back) return;
    this.losses.set(back, (this.losses.get(back) ?? 0) + 1);
    this.bench.scheduler.retry(back);
  }

  play(event: Step): void {
    const { bench, jobs } = this;
    const pick = <T>(items: Iterable<T>, at: number): T | undefined => [...items][at % Math.max(1, [...items].length)];
    switch (event.do) {
      case 'submit': {
        const wasFull = bench.scheduler.load().waiting >= maxQueue;
        const job: FakeJob = {
          sessionId: `s${event.session}`,
          segment: bench.segment(`${event.session}.${event.segment}`),
          priority: event.priority,
          waitMs: event.priority === 'final' ? maxWaitMs : 0,
          dueMs: bench.nowMs + (event.priority === 'final' ? maxWaitMs : 0),
          settled: 0,
        };
        jobs.push(job);
        try {
          bench.scheduler.submit(job);
        } catch (error) {
          expect((error as { code: string }).code === 'aborted' || wasFull, 'busy means full').toBe(true);
          job.settled++;
        }
        break;
      }
      case 'cancel': {
        const job = pick(jobs, event.at);
        const wasAlive = job?.settled === 0;
        if (job) expect(bench.cancel(job), 'only what is alive can be cancelled').toBe(wasAlive);
        break;
      }
      case 'finish': {
        const slot = pick(this.busy.keys(), event.at);
        if (slot !== undefined) this.end(slot, false);
        break;
      }
      case 'lose': {
        const slot = pick([...this.busy.keys(), ...this.idle], event.at);
        if (slot === undefined) break;
        bench.scheduler.removeSlot(slot);
        this.leaving.add(slot);
        if (this.idle.delete(slot)) this.leaving.delete(slot);
        else this.end(slot, true);
        break;
      }
      case 'promote':
        for (let session = 0; session < 3; session++)
          bench.scheduler.promote(bench.segment(`${session}.${event.segment}`), {
            waitMs: maxWaitMs,
            dueMs: bench.nowMs + maxWaitMs,
          });
        break;
      case 'add':
        if (this.idle.size + this.busy.size < 4) this.add();
        break;
      case 'tick':
        bench.nowMs += event.ms;
        bench.scheduler.expire(bench.nowMs);
        break;
    }
  }

  check(): void {
    const waiting = this.waiting();
    const alive = this.jobs.filter(({ settled }) => settled === 0);
    expect(
      this.jobs.filter(({ settled }) => settled > 1),
      'nothing is settled twice',
    ).toEqual([]);
    const retried = waiting.filter((job) => this.losses.has(job)).length;
    expect(waiting.length, 'the queue is bounded').toBeLessThanOrEqual(maxQueue + retried);
    expect(this.bench.scheduler.load()).toEqual({
      waiting: waiting.length,
      running: this.busy.size,
      capacity: this.busy.size + this.idle.size,
    });
    if (waiting.length > 0) expect([...this.idle], 'no slot is idle while something waits').toEqual([]);
    expect(
      waiting.filter(
        ({ priority, dueMs }) => priority === 'final' && dueMs <= this.bench.nowMs && this.losses.size === 0,
      ),
      'no final waits beyond its deadline',
    ).toEqual([]);

    const comingFree = [...this.busy.values()].filter(({ settled }) => settled > 0).length;
    const running = [...this.busy.values()].filter(({ settled }) => settled === 0);
    for (const priority of classes) {
      const more = waiting.filter((job) => urgency(job.priority) <= urgency(priority)).length;
      const less = running.filter((job) => urgency(job.priority) > urgency(priority)).length;
      if (more > comingFree) expect(less, `what is less urgent than ${priority} does not run while such waits`).toBe(0);
    }
    for (const helper of alive.filter(({ priority }) => priority !== 'final')) {
      const rivals = alive.filter(
        (job) => job !== helper && job.segment === helper.segment && job.priority !== 'final',
      );
      expect(rivals, 'one helper a segment').toEqual([]);
    }
  }

  /** Ends everything that was accepted. */
  finish(): void {
    if (this.idle.size + this.busy.size === 0) this.add();
    while (this.busy.size > 0) this.end([...this.busy.keys()][0]!, false);
  }
}

test('whatever comes, ends, is cancelled or dies: bounded, ordered, and everything is settled exactly once', () => {
  fc.assert(
    fc.property(fc.nat(3), fc.array(step, { maxLength: 60 }), (slots, steps) => {
      const story = new Story(slots);
      for (const each of steps) {
        story.play(each);
        story.check();
      }
      story.finish();
      expect(story.jobs.filter(({ settled }) => settled !== 1)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('under overload every accepted final reading is served before its deadline or rejected with busy by then', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.nat(4), { minLength: 30, maxLength: 60 }),
      (slots, arrivals) => {
        const story = new Story(slots);
        const startedAtMs = new Map<FakeJob, number>();
        const { onRun } = story.bench;
        story.bench.onRun = (job, slot) => {
          onRun(job, slot);
          startedAtMs.set(job, story.bench.nowMs);
        };
        arrivals.forEach((count, turn) => {
          for (let i = 0; i < count; i++)
            story.play({ do: 'submit', session: i % 3, segment: turn * 10 + i, priority: 'final' });
          story.play({ do: 'finish', at: turn });
          story.play({ do: 'tick', ms: 7 });
          story.check();
        });
        for (const [job, ms] of startedAtMs) expect(ms).toBeLessThan(job.dueMs);
        story.finish();
        expect(story.jobs.filter(({ settled }) => settled !== 1)).toEqual([]);
      },
    ),
    { numRuns: 30 },
  );
});
