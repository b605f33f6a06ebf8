import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { EventBus, eventSchema, eventTypes, type EventBody, type HeedEvent } from '../../src/events/index.ts';
import { bodies } from './samples.ts';

const partial: EventBody = { type: 'error', code: 'busy', message: 'Wait.' };

function newBus(maxStored?: number) {
  const log = vi.fn<(line: string) => void>();
  const bus = new EventBus({ log, ...(maxStored === undefined ? {} : { maxStored }) });
  const heard: HeedEvent[] = [];
  bus.subscribe({}, (event) => heard.push(event));
  return { bus, log, heard };
}

test('every type of event is stamped, fits the schema and says its type first', () => {
  const { bus, heard } = newBus();
  for (const body of bodies) bus.publish('s', body);
  expect(heard.map(({ type }) => type).sort()).toEqual([...eventTypes].sort());
  for (const event of heard) {
    expect(eventSchema.parse(event)).toEqual(event);
    expect(Object.keys(event)[0]).toBe('type');
  }
});

test('sequence numbers are contiguous in each session, whatever the order of publishing', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 60 }), (sessions) => {
      const { bus, heard } = newBus();
      for (const session of sessions) bus.publish(session, partial);
      for (const session of ['a', 'b', 'c']) {
        const seqs = heard.filter(({ session_id }) => session_id === session).map(({ seq }) => seq);
        expect(seqs).toEqual(seqs.map((_, index) => index));
      }
      expect(new Set(heard.map(({ event_id }) => event_id)).size).toBe(heard.length);
    }),
  );
});

test('a counter is forgotten when its session has ended', () => {
  const { bus, heard } = newBus();
  bus.publish('s', partial);
  bus.publish('s', { type: 'session.ended', reason: 'closed' });
  bus.publish('s', partial);
  expect(heard.map(({ seq }) => seq)).toEqual([0, 1, 0]);
});

test.each([
  ['everything', {}, ['a/error', 'b/error', 'b/state']],
  ['one type', { types: ['state'] as const }, ['b/state']],
  ['one session', { session: 'a' }, ['a/error']],
  ['a type in a session', { session: 'b', types: ['error'] as const }, ['b/error']],
  ['no type at all', { types: [] }, []],
])('a subscriber to %s gets just that', (_, filter, expected) => {
  const { bus } = newBus();
  const got: string[] = [];
  const stop = bus.subscribe(filter, ({ session_id, type }) => got.push(`${session_id}/${type}`));
  bus.publish('a', partial);
  bus.publish('b', partial);
  bus.publish('b', { type: 'state', topic: 't', value: 1 });
  stop();
  bus.publish('a', partial);
  expect(got).toEqual(expected);
});

test.each([
  [
    'throws',
    () => {
      throw new Error('broken listener');
    },
  ],
  ['rejects', () => Promise.reject(new Error('broken listener')) as never],
])('a listener that %s is logged, and the others still get the event', async (_, broken) => {
  const log = vi.fn<(line: string) => void>();
  const bus = new EventBus({ log });
  const after = vi.fn();
  bus.subscribe({}, broken);
  bus.subscribe({}, after);
  bus.publish('s', partial);
  bus.publish('s', partial);
  await Promise.resolve();
  expect(after).toHaveBeenCalledTimes(2);
  expect(log).toHaveBeenCalledTimes(2);
  expect(log.mock.calls[0]![0]).toContain('broken listener');
});

test('an event that a listener publishes comes after the one it answers, for every listener', () => {
  const bus = new EventBus({ log: () => undefined });
  const heard: string[] = [];
  bus.subscribe({ types: ['error'] }, () => {
    bus.publish('s', { type: 'state', topic: 't', value: 1 });
  });
  bus.subscribe({}, ({ type, seq }) => heard.push(`${seq} ${type}`));
  bus.publish('s', partial);
  expect(heard).toEqual(['0 error', '1 state']);
});

test('a listener that answers one event with ever more is refused', () => {
  const { bus, log } = newBus();
  let published = 0;
  const stop = bus.subscribe({}, () => {
    stop();
    for (; ; published++) bus.publish('s', partial);
  });
  bus.publish('s', partial);
  expect(published).toBe(1_000);
  expect(log.mock.calls[0]![0]).toContain('Publish fewer');
});

test('a subscriber that comes back gets what it missed, or is told that it cannot', () => {
  const { bus, heard } = newBus(3);
  for (let count = 0; count < 5; count++) bus.publish('s', partial);
  const ids = heard.map(({ event_id }) => event_id);
  expect(bus.since(ids[4]!)).toEqual([]);
  expect(bus.since(ids[2]!)).toEqual(heard.slice(3));
  expect(bus.since(ids[1]!)).toEqual(heard.slice(2));
  expect(bus.since(ids[0]!)).toBeUndefined();
  const other = new EventBus({ log: () => undefined }).publish('s', partial);
  for (const unknown of [other.event_id, '', 'x-1', `${ids[4]}0`, `${ids[4]} `])
    expect(bus.since(unknown)).toBeUndefined();
});

test('what is kept after an event is what was published after it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 30 }), (maxStored, count) => {
      const { bus, heard } = newBus(maxStored);
      for (let index = 0; index < count; index++) bus.publish('s', partial);
      heard.forEach(({ event_id }, index) => {
        const missed = heard.slice(index + 1);
        expect(bus.since(event_id)).toEqual(missed.length <= maxStored ? missed : undefined);
      });
    }),
  );
});

test('long events are kept in smaller number, so that nobody fills the memory with them', () => {
  const bus = new EventBus({ log: () => undefined, maxStored: 100, maxStoredCharacters: 10_000 });
  const ids = Array.from({ length: 20 }, (_, index) => {
    const value = index < 10 ? 'x'.repeat(4_000) : 'short';
    return bus.publish('heed', { type: 'state', topic: 'note', value }).event_id;
  });
  expect(bus.since(ids[5]!)).toBeUndefined();
  expect(bus.since(ids[9]!)).toHaveLength(10);
  bus.publish('heed', { type: 'state', topic: 'note', value: 'x'.repeat(20_000) });
  expect(bus.since(ids[19]!)).toBeUndefined();
});

test('the last value of each state topic is kept, as it was when it was published', () => {
  const { bus, heard } = newBus();
  const house = { lights: { kitchen: 50 } };
  bus.publish('heed', { type: 'state', topic: 'house', value: house });
  house.lights.kitchen = 70;
  (bus.state().get('house') as typeof house).lights.kitchen = 90;
  bus.publish('heed', { type: 'state', topic: 'timer', value: 1 });
  bus.publish('heed', { type: 'state', topic: 'timer', value: undefined });
  expect(bus.state()).toEqual(
    new Map<string, unknown>([
      ['house', { lights: { kitchen: 50 } }],
      ['timer', null],
    ]),
  );
  expect(bus.stateEvents()).toEqual([heard[0], heard[2]]);
});

test('a state value that is no JSON is refused and leaves no gap in the sequence', () => {
  const { bus, heard } = newBus();
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  expect(() => bus.publish('s', { type: 'state', topic: 'house', value: circle })).toThrow(
    /"house" cannot be written as JSON/,
  );
  bus.publish('s', partial);
  expect(heard.map(({ seq }) => seq)).toEqual([0]);
});
