import { expect, test } from 'vitest';
import type { Priority } from '../../src/types.ts';
import { Bench, type FakeJob } from './scheduler-bench.ts';

const long = 10_000;

function bench(slots: number, options: { maxQueue?: number } = {}): Bench {
  const made = new Bench({ maxQueue: options.maxQueue ?? 8 });
  for (let i = 0; i < slots; i++) made.scheduler.addSlot(`slot${i}`);
  return made;
}

const final = (b: Bench, segment: string): FakeJob => b.submit({ segment, priority: 'final', dueMs: b.nowMs + long });
const helper = (b: Bench, segment: string, priority: Priority = 'early'): FakeJob =>
  b.submit({ segment, priority, dueMs: b.nowMs });

test('runs a reading at once on an idle slot', () => {
  const b = bench(1);
  expect(final(b, 'a').slot).toBe('slot0');
});

test('waits for a slot when none is there, and for the next free one', () => {
  const b = bench(0);
  const [first, second] = [final(b, 'a'), final(b, 'b')];
  b.scheduler.addSlot('new');
  expect([first.slot, second.slot]).toEqual(['new', undefined]);
  b.finish('new');
  expect(second.slot).toBe('new');
});

test('a reading is told how many others run or wait, not counting one that was stopped', () => {
  const b = bench(2);
  const [partial, first] = [helper(b, 'a', 'partial'), helper(b, 'a')];
  expect([partial.others, first.others]).toEqual([0, 0]);
  const [second, third] = [final(b, 'b'), final(b, 'c')];
  for (const slot of ['slot0', 'slot1']) b.finish(slot);
  expect([second.others, third.others]).toEqual([1, 1]);
});

test('takes the cheapest slot', () => {
  const b = bench(3);
  b.cost = (_job, slot) => (slot === 'slot1' ? -1 : 0);
  expect(final(b, 'a').slot).toBe('slot1');
});

test.each<[string, Priority, Priority, boolean]>([
  ['a final stops a running partial', 'partial', 'final', true],
  ['a final reading stops a running early one', 'early', 'final', true],
  ['an early reading stops a running partial', 'partial', 'early', true],
  ['an early reading lets another early one run', 'early', 'early', false],
  ['a partial lets a partial run', 'partial', 'partial', false],
  ['a final lets a final run', 'final', 'final', false],
  ['a partial lets a final run', 'final', 'partial', false],
])('%s when no slot is idle', (_, running, coming, isStopped) => {
  const b = bench(1);
  const [old, next] = [helper(b, 'a', running), helper(b, 'b', coming)];
  expect(old.error?.code).toBe(isStopped ? 'aborted' : undefined);
  expect(b.stopped).toEqual(isStopped ? [old] : []);
  b.finish('slot0');
  expect(next.slot).toBe('slot0');
  expect(old.settled).toBe(1);
});

test('stops partials before early readings, and the reading begun last before those with more work done', () => {
  const b = bench(4);
  const jobs = [helper(b, 'a', 'partial'), helper(b, 'b', 'partial'), helper(b, 'c'), helper(b, 'd')];
  final(b, 'x');
  final(b, 'y');
  final(b, 'z');
  expect(b.stopped).toEqual([jobs[1], jobs[0], jobs[3]]);
});

test('stops no more readings than it needs', () => {
  const b = bench(3);
  helper(b, 'a');
  helper(b, 'b');
  helper(b, 'c');
  final(b, 'x');
  helper(b, 'y', 'early');
  expect(b.stopped.length).toBe(1);
});

test('replaces older helpers of a segment, waiting or running', () => {
  const b = bench(1);
  const [running, waiting, newer] = [helper(b, 'a', 'partial'), helper(b, 'b'), helper(b, 'b')];
  expect([waiting.error?.code, newer.error]).toEqual(['aborted', undefined]);
  const newest = final(b, 'a');
  expect(running.error?.code).toBe('aborted');
  b.finish('slot0');
  expect(newest.slot).toBe('slot0');
});

test('leaves the helpers of other segments alone', () => {
  const b = bench(1);
  const [first, second] = [helper(b, 'a'), helper(b, 'b')];
  helper(b, 'c');
  expect([first.error, second.error]).toEqual([undefined, undefined]);
});

test('refuses a helper while a more urgent reading of its segment is under way', () => {
  const b = bench(1);
  final(b, 'a');
  expect(helper(b, 'a').error?.code).toBe('aborted');
  helper(b, 'b', 'early');
  expect(helper(b, 'b', 'partial').error?.code).toBe('aborted');
});

test('keeps both of two final readings of one segment', () => {
  const b = bench(1);
  const [first, second] = [final(b, 'a'), final(b, 'a')];
  expect([first.error, second.error]).toEqual([undefined, undefined]);
});

test('refuses at once when the queue is full', () => {
  const b = bench(1, { maxQueue: 2 });
  final(b, 'a');
  final(b, 'b');
  final(b, 'c');
  expect(final(b, 'd').error?.code).toBe('busy');
  expect(helper(b, 'e').error?.code).toBe('busy');
  expect(b.scheduler.load()).toEqual({ waiting: 2, running: 1, capacity: 1 });
});

test('gives the place of a waiting helper to a final when the queue is full', () => {
  const b = bench(1, { maxQueue: 2 });
  final(b, 'a');
  const [speculation, partial] = [helper(b, 'b'), helper(b, 'c', 'partial')];
  expect(final(b, 'd').error).toBeUndefined();
  expect([speculation.error, partial.error?.code]).toEqual([undefined, 'aborted']);
});

test('rejects with busy a final reading whose deadline passed while it waited, and no other', () => {
  const b = bench(1);
  const running = final(b, 'a');
  const early = final(b, 'b');
  const speculation = helper(b, 'c');
  b.nowMs = 5_000;
  const late = final(b, 'd');
  expect(b.scheduler.nextDueMs()).toBe(early.dueMs);
  b.nowMs = long;
  b.scheduler.expire(b.nowMs);
  expect([running.error, early.error?.code, speculation.error, late.error]).toEqual([
    undefined,
    'busy',
    undefined,
    undefined,
  ]);
  expect(b.scheduler.nextDueMs()).toBe(late.dueMs);
});

test('promotes an early reading: it is no longer stopped, and takes its turn among the final readings', () => {
  const b = bench(1);
  const running = helper(b, 'a');
  b.scheduler.promote(b.segment('a'), { waitMs: long, dueMs: long });
  const other = final(b, 'b');
  expect([running.priority, running.error]).toEqual(['final', undefined]);
  const waiting = helper(b, 'c');
  b.scheduler.promote(b.segment('c'), { waitMs: long - 1, dueMs: long - 1 });
  b.finish('slot0');
  expect([waiting.slot, other.slot]).toEqual(['slot0', undefined]);
});

test('promotion stops less urgent readings of others', () => {
  const b = bench(1);
  const running = helper(b, 'a');
  const waiting = helper(b, 'b');
  b.scheduler.promote(b.segment('b'), { waitMs: long, dueMs: long });
  expect(running.error?.code).toBe('aborted');
  b.finish('slot0');
  expect(waiting.slot).toBe('slot0');
});

test('gives nothing more to a slot that leaves, and retries its reading first on another', () => {
  const b = bench(2);
  const lost = final(b, 'a');
  final(b, 'b');
  b.nowMs = 1;
  const waiting = final(b, 'c');
  b.scheduler.removeSlot(lost.slot!);
  expect(b.scheduler.load().capacity).toBe(1);
  const back = b.scheduler.finished('slot0');
  expect(back).toBe(lost);
  b.scheduler.retry(lost);
  b.finish('slot1');
  expect([lost.slot, waiting.slot]).toEqual(['slot1', undefined]);
});

test('cancels a waiting and a running reading once, and knows when there is nothing to cancel', () => {
  const b = bench(1);
  const [running, waiting] = [final(b, 'a'), final(b, 'b')];
  expect([b.cancel(waiting), b.cancel(waiting), b.cancel(running), b.cancel(running)]).toEqual([
    true,
    false,
    true,
    false,
  ]);
  expect([running.settled, waiting.settled]).toEqual([1, 1]);
  expect(b.scheduler.finished('slot0')).toBeUndefined();
});
