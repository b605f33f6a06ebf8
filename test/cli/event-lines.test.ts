import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { eventLines } from '../../src/cli/event-lines.ts';
import { EventBus, type HeedEvent } from '../../src/events/index.ts';

test('events are lines of JSON; whoever does not read misses some, and is told how many', () => {
  const lines: string[] = [];
  let isRead = true;
  let goOn = (): void => undefined;
  const stream = new Writable({
    highWaterMark: 1,
    decodeStrings: false,
    write(line: string, _encoding, done) {
      lines.push(line);
      if (isRead) done();
      else goOn = done;
    },
  });
  const bus = new EventBus({ log: () => undefined });
  bus.subscribe({}, eventLines(stream));
  const publish = (length: number): HeedEvent =>
    bus.publish('s', { type: 'error', code: 'busy', message: 'x'.repeat(length) });
  const first = publish(10);
  expect(lines).toEqual([`${JSON.stringify(first)}\n`]);
  isRead = false;
  for (let count = 0; count < 100; count++) publish(100_000);
  expect(stream.writableLength).toBeLessThan(2.3e6);
  isRead = true;
  goOn();
  const last = publish(10);
  const events = lines.map((line) => JSON.parse(line) as HeedEvent);
  const lost = events.at(-2) as Extract<HeedEvent, { type: 'error' }>;
  expect(lost.code).toBe('events-lost');
  const told = Number(/^\d+/.exec(lost.message)![0]);
  expect(told).toBeGreaterThan(50);
  expect(events.length - 1 + told).toBe(102);
  expect(events.at(-1)).toEqual(last);
});
