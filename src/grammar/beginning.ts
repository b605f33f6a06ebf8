import { anySymbol, kindFactor } from './automaton.ts';
import type { GrammarCommand } from './command-shape.ts';
import type { GrammarParts } from './parts.ts';
import type { Slot } from './slots/slot.ts';
import { capturesOf, walkFrontier, type Path } from './walk.ts';

/** A slot that is still to be said. */
export interface MissingSlot {
  readonly name: string;
  readonly slot: Slot;
}

/** How one command goes on where some words end. */
export interface Continuation {
  readonly command: GrammarCommand;
  /** What is said so far. */
  readonly args: Readonly<Record<string, unknown>>;
  /**
   * What must still be said, in the order of speaking; at least one. Where there are several ways to go on, that with
   * the fewest slots.
   */
  readonly missing: readonly [MissingSlot, ...MissingSlot[]];
  /** Whether the last words have begun the first missing slot. */
  readonly isInside: boolean;
}

/** The one command that some words are the beginning of, or two or three that part at the slot which comes next. */
export interface Beginning extends Continuation {
  /** The further ones; absent where there is one command. */
  readonly others?: readonly Continuation[];
}

/** Nobody keeps more in mind than a question may offer. */
const maxCommands = 3;

interface Place {
  node: number;
  missing: readonly MissingSlot[];
  path: Path;
  isInside: boolean;
  /** Whether the first missing slot comes next, without a word before it. */
  isNext: boolean;
}

/**
 * What the words lack; undefined when they may become too many commands, several that do not part at a slot, or one
 * without any further slot.
 */
export function findBeginning(grammar: GrammarParts, words: readonly string[]): Beginning | undefined {
  const { main, phrases } = grammar;
  const seen = new Set<number>();
  const found = new Map<GrammarCommand, Place>();
  let [level, next] = startPlaces(grammar, words);
  while (level.length + next.length > 0) {
    // Words are followed at once, slots with the next level: the first end that is met needs the fewest slots. Places
    // grow while they are gone through.
    for (const place of level) {
      if (seen.has(place.node)) continue;
      seen.add(place.node);
      for (const accept of main.accepts[place.node] ?? []) {
        const { command } = phrases[accept]!;
        if (!found.has(command)) found.set(command, place);
      }
      if (found.size > maxCommands || [...found.values()].some(({ missing }) => missing.length === 0)) return undefined;
      for (let arc = main.arcStart[place.node]!; arc < main.arcStart[place.node + 1]!; arc++) {
        const symbol = main.arcSymbol[arc]!;
        const binding = symbol >= kindFactor && symbol < anySymbol ? grammar.bindings[symbol - kindFactor]! : undefined;
        const node = main.arcTarget[arc]!;
        if (!binding || binding.name === '')
          level.push({ ...place, node, isNext: place.isNext && place.missing.length > 0 });
        else next.push({ ...place, node, missing: [...place.missing, { name: binding.name, slot: binding.slot }] });
      }
    }
    [level, next] = [next, []];
  }
  const [first, ...others] = [...found].map(([command, place]) => continuationOf(command, place));
  if (!first) return undefined;
  if (others.length === 0) return first;
  return [...found.values()].every(({ isNext }) => isNext) && partAtSlot([first, ...others])
    ? { ...first, others }
    : undefined;
}

function continuationOf(command: GrammarCommand, { missing, path, isInside }: Place): Continuation {
  const args = Object.fromEntries(capturesOf(path).map(({ name, value }) => [name, value]));
  return { command, args, missing: missing as Continuation['missing'], isInside };
}

/** Whether the slot that comes next tells the commands apart. */
function partAtSlot(continuations: readonly Continuation[]): boolean {
  return new Set(continuations.map(({ missing: [{ slot }] }) => slot.key)).size === continuations.length;
}

/** Where the words end: without, and with a slot that they are in the middle of and that is the first one missing. */
function startPlaces(grammar: GrammarParts, words: readonly string[]): [Place[], Place[]] {
  const { nodes, open } = walkFrontier(grammar, words);
  const after = [...nodes].map(([node, paths]): Place => ({
    node,
    missing: [],
    path: paths[0]!,
    isInside: false,
    isNext: true,
  }));
  const inside = open.map(({ binding, target, paths }): Place => {
    const { name, slot } = grammar.bindings[binding]!;
    return { node: target, missing: [{ name, slot }], path: paths[0]!, isInside: true, isNext: true };
  });
  return [after, inside];
}
