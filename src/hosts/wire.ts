import type { Slot } from '../grammar/index.ts';
import { calling } from './remote-list.ts';
import { makeSlot, recipeOf } from './remembered.ts';

/**
 * A definition as it goes from one process to another. Functions stay where they are and become numbers by which they
 * can be called; slots become recipes; everything else is copied.
 */
const mark = '\0heed';

type Path = readonly (string | number)[];

type Wired =
  | { [mark]: 'function'; id: number }
  | { [mark]: 'slot'; maker: string; args: readonly unknown[] }
  /** A list whose values a function computes. */
  | { [mark]: 'list'; id: number; options: unknown }
  | { [mark]: 'own-slot'; path: Path };

type Call = (...args: readonly unknown[]) => unknown;

/** Keeps a function and returns its number; it computes the values of a list, or is any other one. */
type Keep = (call: Call, what: 'list' | 'function') => number;

/** Nothing that an author writes is nested so deeply; something that contains itself is. */
const maxDepth = 50;

/** A slot cannot be made in another process, because it contains functions that an author has written. */
class OwnSlotError extends Error {}

/**
 * Returns a value in the form in which it can be sent. A slot that contains functions of an author's becomes the place
 * where it stands, except for a list that one of them computes.
 * @throws Error when the value contains itself
 */
export function encode(value: unknown, keep: Keep): unknown {
  const visit = (part: unknown, { owner, path, isInSlot }: Visit): unknown => {
    if (path.length > maxDepth) throw new Error('The definition contains itself, or is nested too deeply.');
    const inner = (name: string | number): Visit => ({ owner: part, path: [...path, name], isInSlot });
    if (typeof part === 'function') {
      if (isInSlot) throw new OwnSlotError();
      const id = keep((...args) => Reflect.apply(part, owner, args) as unknown, 'function');
      return { [mark]: 'function', id } satisfies Wired;
    }
    if (typeof part !== 'object' || part === null) return part;
    const recipe = recipeOf(part);
    if (recipe || ('parse' in part && 'pattern' in part && 'vagueness' in part)) {
      try {
        if (!recipe) throw new OwnSlotError();
        const { runTime } = part as Partial<Slot>;
        if (recipe.maker === 'list' && runTime) {
          const options = visit(recipe.args[1], { ...inner(1), isInSlot: true });
          return { [mark]: 'list', id: keep(runTime.compute as Call, 'list'), options } satisfies Wired;
        }
        const args = recipe.args.map((arg, index) => visit(arg, { ...inner(index), isInSlot: true }));
        return { [mark]: 'slot', maker: recipe.maker, args } satisfies Wired;
      } catch (error) {
        if (isInSlot || !(error instanceof OwnSlotError)) throw error;
        return { [mark]: 'own-slot', path } satisfies Wired;
      }
    }
    if (Array.isArray(part)) return part.map((item, index) => visit(item, inner(index)));
    if (!isPlain(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([name, item]) => [name, visit(item, inner(name))]));
  };
  return visit(value, { owner: undefined, path: [], isInSlot: false });
}

interface Visit {
  /** The object that a function belongs to. */
  owner: unknown;
  path: Path;
  isInSlot: boolean;
}

/**
 * Returns what `encode` was given, with functions that `call` the original ones and resolve with what these return, and
 * with the slots of an author's own that are found in `original`.
 */
export function decode(
  wired: unknown,
  call: (id: number, args: readonly unknown[]) => Promise<unknown>,
  original?: unknown,
): unknown {
  const visit = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(visit);
    if (typeof part !== 'object' || part === null || !isPlain(part)) return part;
    if (!(mark in part)) return Object.fromEntries(Object.entries(part).map(([name, item]) => [name, visit(item)]));
    const found = part as Wired;
    switch (found[mark]) {
      case 'function':
        return (...args: readonly unknown[]) => call(found.id, args);
      case 'slot':
        return makeSlot({ maker: found.maker, args: found.args.map(visit) });
      case 'list':
        return makeSlot({ maker: 'list', args: [calling((sent) => call(found.id, [sent])), found.options] });
      case 'own-slot':
        return found.path.reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], original);
    }
  };
  return visit(wired);
}

/** Whether something encoded contains a slot that exists only in the original. */
export function hasOwnSlot(wired: unknown): boolean {
  if (typeof wired !== 'object' || wired === null) return false;
  return (mark in wired && wired[mark] === 'own-slot') || Object.values(wired).some(hasOwnSlot);
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as unknown;
  return prototype === Object.prototype || prototype === null;
}
