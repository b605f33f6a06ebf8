import { expect, test } from 'vitest';
import type { HeedEvent as ClientEvent } from '../../client/events.ts';
import type { HeedEvent } from '../../src/events/event.ts';

/** True if each of two types may be used as the other one. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

test('the types of the client are those of the schema', () => {
  const isSame: Same<ClientEvent, HeedEvent> = true;
  expect(isSame).toBe(true);
});
