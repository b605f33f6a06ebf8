import type { Slot } from '../grammar/index.ts';
import { calling } from './remote-list.ts';
import { makeSlot, recipeOf } from './remembered.ts';

/**
 * A definition as it goes from one process to another. Functions stay where they are and become numbers by which they
 * can be called; slots become recipes; everything else is copied.
 */
const mark = '\0heed';

type Wired =
  | { [mark]: 'function'; id: number }
  | { [mark]: 'slot'; maker: string; args: readonly unknown[] }
  /** A list whose values a function computes. */
  | { [mark]: 'list'; id: number; options: unknown };

/** Keeps a function and returns its number; it computes the values of a list, or is any other one. */
type Keep = (call: Call, what: 'list' | 'function') => number;
type Call = (...args: readonly unknown[]) => unknown;

/** Nothing that an author writes is nested so deeply; something that contains itself is. */
const maxDepth = 50;

/** A slot cannot be made in another process, because it contains functions that an author has written. */
export class OwnSlotError extends Error {
  constructor() {
    super('A slot of its own was given where heed needs one that its functions make, such as list().');
  }
}

/**
 * Returns a value in the form in which it can be sent.
 * @throws OwnSlotError; Error when the value contains itself
 */
export function encode(value: unknown, keep: Keep): unknown {
  const visit = (part: unknown, { owner, depth, isInSlot }: Visit): unknown => {
    if (depth > maxDepth) throw new Error('The definition contains itself, or is nested too deeply.');
    const inner = { owner: part, depth: depth + 1, isInSlot };
    if (typeof part === 'function') {
      if (isInSlot) throw new OwnSlotError();
      const id = keep((...args) => Reflect.apply(part, owner, args) as unknown, 'function');
      return { [mark]: 'function', id } satisfies Wired;
    }
    if (typeof part !== 'object' || part === null) return part;
    const recipe = recipeOf(part);
    const { runTime } = part as Partial<Slot>;
    if (recipe?.maker === 'list' && runTime) {
      const options = visit(recipe.args[1], { ...inner, isInSlot: true });
      return { [mark]: 'list', id: keep(runTime.compute as Call, 'list'), options } satisfies Wired;
    }
    if (recipe) {
      const args = recipe.args.map((arg) => visit(arg, { ...inner, isInSlot: true }));
      return { [mark]: 'slot', maker: recipe.maker, args } satisfies Wired;
    }
    if ('parse' in part && 'pattern' in part && 'vagueness' in part) throw new OwnSlotError();
    if (Array.isArray(part)) return part.map((item) => visit(item, inner));
    if (!isPlain(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([name, item]) => [name, visit(item, inner)]));
  };
  return visit(value, { owner: undefined, depth: 0, isInSlot: false });
}

interface Visit {
  /** The object that a function belongs to. */
  owner: unknown;
  depth: number;
  isInSlot: boolean;
}

/** Returns what `encode` was given, with functions that `call` the original ones and resolve with what these return. */
export function decode(wired: unknown, call: (id: number, args: readonly unknown[]) => Promise<unknown>): unknown {
  const visit = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(visit);
    if (typeof part !== 'object' || part === null || !isPlain(part)) return part;
    if (!(mark in part)) return Object.fromEntries(Object.entries(part).map(([name, item]) => [name, visit(item)]));
    const found = part as Wired;
    if (found[mark] === 'function') return (...args: readonly unknown[]) => call(found.id, args);
    if (found[mark] === 'list')
      return makeSlot({ maker: 'list', args: [calling((sent) => call(found.id, [sent])), found.options] });
    return makeSlot({ maker: found.maker, args: found.args.map(visit) });
  };
  return visit(wired);
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as unknown;
  return prototype === Object.prototype || prototype === null;
}
