import { expect, test } from 'vitest';
import { z } from 'zod';
import { EventBus, eventJsonSchema, type HeedEvent } from '../../src/events/index.ts';
import { bodies } from './samples.ts';

const schema = z.fromJSONSchema(JSON.parse(JSON.stringify(eventJsonSchema())) as never);
const bus = new EventBus({ log: () => undefined });
const events = bodies.map((body) => bus.publish('s', body));

test.each(events.map((event) => [event.type, event] as const))(
  'the published schema takes %s, also with a field of a later version',
  (_, event) => {
    expect(schema.safeParse(JSON.parse(JSON.stringify(event))).success).toBe(true);
    expect(schema.safeParse({ ...event, later: 1 }).success).toBe(true);
  },
);

test.each([
  ['an unknown type', { type: 'segment.maybe' }],
  ['a missing field', { text: undefined }],
  ['a score over 1', { confidence: 1.5 }],
  ['a broken time', { time: 'yesterday' }],
])('the published schema refuses %s', (_, change) => {
  const final: HeedEvent = events.find(({ type }) => type === 'segment.final')!;
  expect(schema.safeParse(JSON.parse(JSON.stringify({ ...final, ...change }))).success).toBe(false);
});
