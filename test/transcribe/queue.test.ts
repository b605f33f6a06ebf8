import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ReadingQueue, type Waiting } from '../../src/transcribe/queue.ts';
import type { Priority } from '../../src/types.ts';

interface Job extends Waiting {
  name: string;
}

const job = (name: string, sessionId: string, dueMs: number, priority: Priority = 'final', waitMs = 0): Job => ({
  name,
  sessionId,
  dueMs,
  priority,
  waitMs,
});

function drain(queue: ReadingQueue<Job>): string[] {
  const names: string[] = [];
  for (let next = queue.take(); next; next = queue.take()) names.push(next.name);
  return names;
}

function filled(...jobs: Job[]): ReadingQueue<Job> {
  const queue = new ReadingQueue<Job>();
  for (const each of jobs) queue.add(each);
  return queue;
}

test.each([
  [
    'final readings, then early ones, then partials',
    [job('p', 'a', 0, 'partial'), job('s', 'b', 1, 'early'), job('f', 'c', 2)],
    ['f', 's', 'p'],
  ],
  [
    'finals of different sessions by deadline',
    [job('late', 'a', 30), job('soon', 'b', 10), job('mid', 'c', 20)],
    ['soon', 'mid', 'late'],
  ],
  [
    'finals of one session by deadline, equal ones in order',
    [job('2', 'a', 5), job('3', 'a', 5), job('1', 'a', 1)],
    ['1', '2', '3'],
  ],
  [
    'sessions in turns',
    [job('a1', 'a', 1), job('a2', 'a', 2), job('a3', 'a', 3), job('b1', 'b', 4), job('b2', 'b', 5)],
    ['a1', 'b1', 'a2', 'b2', 'a3'],
  ],
  [
    'partials of sessions in turns',
    [job('a1', 'a', 1, 'partial'), job('a2', 'a', 1, 'partial'), job('b1', 'b', 1, 'partial')],
    ['a1', 'b1', 'a2'],
  ],
  [
    'those that may wait long after those that may not',
    [
      job('file1', 'f', 60_000, 'final', 60_000),
      job('file2', 'f', 60_000, 'final', 60_000),
      job('live1', 'a', 10_000, 'final', 10_000),
      job('live2', 'a', 10_001, 'final', 10_000),
    ],
    ['live1', 'live2', 'file1', 'file2'],
  ],
])('serves %s', (_, jobs, names) => {
  expect(drain(filled(...jobs))).toEqual(names);
});

test('lets a new session wait for no more than one turn of a session that floods the queue', () => {
  const queue = filled(...Array.from({ length: 20 }, (_, index) => job(`flood${index}`, 'flood', index)));
  queue.take();
  queue.add(job('new', 'quiet', 10_000));
  expect([queue.take()!.name, queue.take()!.name]).toContain('new');
});

test('serves a reading first that comes back for a retry', () => {
  const queue = filled(job('a', 'a', 1), job('b', 'b', 2), job('c', 'a', 3));
  const first = queue.take()!;
  queue.add(first);
  expect(queue.peek()).toBe(first);
});

const anyJob = fc.record({
  name: fc.constant(''),
  sessionId: fc.constantFrom('a', 'b', 'c', 'd'),
  dueMs: fc.nat(100),
  waitMs: fc.nat(50),
  priority: fc.constantFrom<Priority>('final', 'early', 'partial'),
});

test('returns every reading once, the most urgent class first', () => {
  fc.assert(
    fc.property(fc.array(anyJob), fc.array(fc.nat()), (jobs, deletions) => {
      const queue = filled(...jobs);
      const kept = new Set(jobs);
      for (const at of deletions) {
        const victim = jobs[at % Math.max(1, jobs.length)];
        if (victim) expect(queue.delete(victim)).toBe(kept.delete(victim));
      }
      expect(queue.size).toBe(kept.size);
      expect(new Set(queue)).toEqual(kept);
      const taken: Job[] = [];
      while (queue.peek()) {
        const peeked = queue.peek();
        taken.push(queue.take()!);
        expect(taken.at(-1)).toBe(peeked);
      }
      expect(new Set(taken)).toEqual(kept);
      expect(taken.length).toBe(kept.size);
      const order = taken.map(({ priority }) => ['final', 'early', 'partial'].indexOf(priority));
      expect(order).toEqual([...order].sort());
    }),
  );
});

test('serves sessions that always have something waiting equally often, whatever their deadlines', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { minLength: 2, maxLength: 5 }), (bursts) => {
      const queue = new ReadingQueue<Job>();
      let clock = 0;
      bursts.forEach((extra, session) => {
        for (let i = 0; i < 12 + extra; i++) queue.add(job('', `s${session}`, clock++));
      });
      const served = new Map<string, number>();
      for (let i = 0; i < bursts.length * 10; i++) {
        const { sessionId } = queue.take()!;
        served.set(sessionId, (served.get(sessionId) ?? 0) + 1);
      }
      const counts = bursts.map((_, session) => served.get(`s${session}`) ?? 0);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }),
  );
});
