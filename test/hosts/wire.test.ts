import { expect, test } from 'vitest';
import { makeSlot, recipeOf, remembered, slotMakers } from '../../src/hosts/remembered.ts';
import { decode, encode, hasOwnSlot } from '../../src/hosts/wire.ts';
import type { Slot } from '../../src/grammar/index.ts';

const list = (...args: readonly unknown[]): Slot => remembered('list')(...args) as Slot;
const number = (): Slot => remembered('number')({ max: 9 }) as Slot;
const given: Record<string, readonly unknown[]> = {
  list: [['a', { value: 7, say: { en: ['b'], de: ['c'] } }], { plurals: true }],
  several: [list(['a', 'b'])],
  range: [number()],
  quantity: [{ units: ['km'] }],
};
const noCall = (): Promise<never> => Promise.reject(new Error('There is nothing to call.'));
const noFunction = (): never => {
  throw new Error('There is no function.');
};

test.each(slotMakers.map(([name]) => name))('%s is made again in another process as it was', (name) => {
  const slot = remembered(name)(...(given[name] ?? [])) as Slot;
  const made = decode(structuredClone(encode({ slot }, noFunction)), noCall) as { slot: Slot };
  expect(made.slot.key).toBe(slot.key);
  expect(made.slot.type).toBe(slot.type);
  expect(made.slot).not.toBe(slot);
  expect(made.slot).toMatchObject({ parse: expect.any(Function) as unknown });
});

test('a slot that an author has changed, or made with a function, stays his own', () => {
  const own = [{ ...number(), hint: () => 'mine' }, remembered('list')([{ value: 1, say: () => ['one'] }])];
  for (const slot of own) {
    const definition = { slots: { other: number(), slot: { en: [slot] } } };
    const wired = structuredClone(encode(definition, noFunction));
    expect(hasOwnSlot(wired)).toBe(true);
    const made = decode(wired, noCall, definition) as typeof definition;
    expect(made.slots.slot.en[0]).toBe(slot);
    expect(made.slots.other).not.toBe(definition.slots.other);
  }
  expect(hasOwnSlot(encode({ slot: number() }, noFunction))).toBe(false);
  expect(recipeOf(makeSlot({ maker: 'number', args: [] }))).toBeUndefined();
});

test('functions become numbers, and are called on their object', async () => {
  const kept: ((...args: readonly unknown[]) => unknown)[] = [];
  const wired = encode(
    {
      factor: 3,
      times(this: { factor: number }, by: number) {
        return this.factor * by;
      },
    },
    (call) => kept.push(call) - 1,
  );
  const made = decode(structuredClone(wired), async (id, args) => kept[id]!(...args)) as {
    times: (by: number) => unknown;
  };
  expect(await made.times(4)).toBe(12);
});
