import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Allowance } from '../../src/server/allowance.ts';
import { ConnectionRate } from '../../src/server/connection-rate.ts';
import { Places } from '../../src/server/places.ts';
import { codeOf } from './code-of.ts';

test('an allowance is refilled by time, never beyond its burst', () => {
  let nowMs = 0;
  const allowance = new Allowance({ burst: 10, perMs: 2, now: () => nowMs });
  expect(allowance.take(10)).toBe(true);
  expect(allowance.take(1)).toBe(false);
  nowMs = 3;
  expect(allowance.take(7)).toBe(false);
  expect(allowance.take(6)).toBe(true);
  nowMs = 1_000;
  expect(allowance.isFull).toBe(true);
  expect(allowance.take(11)).toBe(false);
  expect(allowance.take(10)).toBe(true);
});

test('whatever is requested and when, an allowance gives at most its burst and what time has refilled', () => {
  const steps = fc.array(fc.record({ afterMs: fc.nat(50), amount: fc.nat(40) }), { maxLength: 50 });
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 5 }), (asked, burst, perMs) => {
      let nowMs = 0;
      let given = 0;
      const allowance = new Allowance({ burst, perMs, now: () => nowMs });
      for (const { afterMs, amount } of asked) {
        nowMs += afterMs;
        if (allowance.take(amount)) given += amount;
        expect(given).toBeLessThanOrEqual(burst + nowMs * perMs);
      }
    }),
  );
});

test('one address may do something only so often per minute; others are not affected', () => {
  let nowMs = 0;
  const rate = new ConnectionRate(2, () => nowMs);
  const attempts = ['a', 'a', 'a', 'b'].map((address) => rate.take(address));
  expect(attempts).toEqual([true, true, false, true]);
  nowMs = 30_000;
  expect([rate.take('a'), rate.take('a')]).toEqual([true, false]);
});

test('in a flood of addresses, the ones that were quiet longest are forgotten first', () => {
  let nowMs = 0;
  const rate = new ConnectionRate(1, () => nowMs);
  for (let index = 0; index < 9_999; index++) rate.take(`quiet-${index}`);
  nowMs = 60_000;
  rate.take('busy');
  rate.take('one more');
  expect(rate.take('busy')).toBe(false);
});

test('each place is given once and returned once', () => {
  const places = new Places(2, 'server.maxSessions');
  const leave = places.take();
  places.take();
  expect(codeOf(() => places.take())).toBe('too-many');
  leave();
  leave();
  places.take();
  expect(() => places.take()).toThrow(/All 2 places are taken.*server\.maxSessions/);
});
