import * as makers from '../grammar/slots/index.ts';
import type { Slot } from '../grammar/index.ts';

/** How a slot was made: which function of heed's was called with what. */
export interface Recipe {
  maker: string;
  args: readonly unknown[];
}

type Maker = (...args: readonly unknown[]) => unknown;

/** Heed's functions that make slots, by name. */
export const slotMakers = Object.entries<unknown>(makers).filter((entry): entry is [string, Maker] =>
  isMaker(entry[1]),
);

const recipes = new WeakMap<object, Recipe>();

/** Returns the function of heed's with this name, so that what it makes can be made again in another process. */
export function remembered(name: string): Maker {
  const make = slotMakers.find(([known]) => known === name)![1];
  return (...args) => {
    const slot = make(...args);
    if (typeof slot === 'object' && slot !== null) recipes.set(slot, { maker: name, args });
    return slot;
  };
}

/** Returns how a slot was made; undefined for one that an author has put together. */
export function recipeOf(slot: object): Recipe | undefined {
  return recipes.get(slot);
}

/** Makes a slot once more. */
export function makeSlot({ maker, args }: Recipe): Slot {
  const make = slotMakers.find(([known]) => known === maker);
  if (!make) throw new Error(`heed has no slot type ${maker}.`);
  return make[1](...args) as Slot;
}

function isMaker(value: unknown): value is Maker {
  return typeof value === 'function';
}
