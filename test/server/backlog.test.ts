import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HeedEvent } from '../../src/events/index.ts';
import { Backlog, type Told } from '../../src/server/backlog.ts';

/** A socket that takes what it is sent when the test says so. */
class Outlet {
  bufferedAmount = 0;
  readonly sent: string[] = [];
  readonly #taken: (() => void)[] = [];

  send(text: string, onTaken: () => void): void {
    this.sent.push(text);
    this.bufferedAmount += text.length;
    this.#taken.push(() => {
      this.bufferedAmount -= text.length;
      onTaken();
    });
  }

  take(count = Infinity): void {
    for (; count > 0 && this.#taken.length > 0; count--) this.#taken.shift()!();
  }
}

function told(type: 'segment.partial' | 'segment.final' | 'command.completed', id: string, text = id): Told {
  const event = { type, session_id: 's', segment_id: id.split('.')[0] } as unknown as HeedEvent;
  return { text, event };
}

/** A backlog whose outlet is full after the first text. */
function blocked(maxBytes = 4_000): { outlet: Outlet; backlog: Backlog } {
  const outlet = new Outlet();
  const backlog = new Backlog(outlet, maxBytes);
  backlog.push({ text: 'x'.repeat(1_000) });
  outlet.sent.length = 0;
  return { outlet, backlog };
}

test('a client that reads gets every text at once', () => {
  const outlet = new Outlet();
  const backlog = new Backlog(outlet, 4_000);
  for (const id of ['a.1', 'a.2', 'b.1']) {
    expect(backlog.push(told('segment.partial', id))).toBe(true);
    outlet.take();
  }
  expect(outlet.sent).toEqual(['a.1', 'a.2', 'b.1']);
});

test('of each segment only the newest partial waits, and none behind its final', () => {
  const { outlet, backlog } = blocked();
  for (const id of ['a.1', 'b.1', 'a.2', 'b.2']) backlog.push(told('segment.partial', id));
  backlog.push(told('command.completed', 'a.done'));
  backlog.push(told('segment.final', 'a.final'));
  backlog.push(told('segment.partial', 'b.3'));
  outlet.take();
  expect(outlet.sent).toEqual(['a.done', 'a.final', 'b.3']);
});

test('partials without end cost nothing, finals beyond the limit are too much', () => {
  const { outlet, backlog } = blocked();
  for (let count = 0; count < 10_000; count++)
    expect(backlog.push(told('segment.partial', 'a.1', 'x'.repeat(1_000)))).toBe(true);
  expect(backlog.push(told('segment.final', 'a.final', 'x'.repeat(1_900)))).toBe(true);
  expect(backlog.push(told('segment.final', 'b.final', 'x'.repeat(1_000)))).toBe(false);
  outlet.take();
  expect(outlet.sent).toHaveLength(2);
});

test('the limit counts bytes, not characters', () => {
  const { backlog } = blocked();
  expect(backlog.push({ text: 'ж'.repeat(1_500) })).toBe(false);
});

test('what somebody else holds goes first, as fast as it is read, and counts as nothing', () => {
  const outlet = new Outlet();
  const backlog = new Backlog(outlet, 4_000);
  let made = 0;
  function* earlier(): Generator<Told> {
    while (made < 100) yield { text: `${made++} ${'x'.repeat(500)}` };
  }
  backlog.begin(earlier());
  expect(made).toBe(2);
  expect(backlog.push({ text: 'new' })).toBe(true);
  outlet.take();
  expect(outlet.sent.map((text) => text.split(' ')[0])).toEqual([
    ...Array.from({ length: 100 }, (_, at) => `${at}`),
    'new',
  ]);
});

test('a closed one sends nothing more', () => {
  const { outlet, backlog } = blocked();
  backlog.push({ text: 'waiting' });
  backlog.close();
  outlet.take();
  expect(backlog.push({ text: 'later' })).toBe(true);
  expect(outlet.sent).toEqual([]);
});

test('whatever is said and read when, all but older partials arrive in order, and no more than the limit waits', () => {
  const step = fc.oneof(
    fc.record({
      segment: fc.constantFrom('a', 'b', 'c'),
      isFinal: fc.boolean(),
      length: fc.integer({ min: 4, max: 900 }),
    }),
    fc.integer({ min: 0, max: 5 }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const outlet = new Outlet();
      const backlog = new Backlog(outlet, 4_000);
      const pushed: (Told & { isFinal: boolean; segment: string })[] = [];
      let held = 0;
      for (const now of steps) {
        if (typeof now === 'number') outlet.take(now);
        else {
          const text = `${pushed.length}`.padEnd(now.length, 'x');
          const type = now.isFinal ? 'segment.final' : 'segment.partial';
          pushed.push({ ...told(type, now.segment, text), isFinal: now.isFinal, segment: now.segment });
          if (!backlog.push(pushed.at(-1)!)) break;
        }
        held = Math.max(held, outlet.bufferedAmount);
      }
      outlet.take();
      const order = outlet.sent.map((text) => pushed.findIndex((one) => one.text === text));
      expect(order).toEqual([...order].sort((a, b) => a - b));
      const missing = pushed.filter(({ text }) => !outlet.sent.includes(text));
      for (const { isFinal, segment, text } of missing) {
        const after = pushed.slice(pushed.findIndex((one) => one.text === text) + 1);
        expect(isFinal).toBe(false);
        expect(after.some((one) => one.segment === segment && outlet.sent.includes(one.text))).toBe(true);
      }
      expect(held).toBeLessThanOrEqual(4_000);
    }),
  );
});
