import { anySymbol, kindFactor } from './automaton.ts';
import type { GrammarCommand } from './command-shape.ts';
import type { Grammar } from './grammar.ts';
import type { Slot } from './slots/slot.ts';
import { capturesOf, walkFrontier, type Path } from './walk.ts';

/** A slot that is still to be said. */
export interface MissingSlot {
  readonly name: string;
  readonly slot: Slot;
}

/** The one command that some words are the beginning of. */
export interface Beginning {
  readonly command: GrammarCommand;
  /** What is said so far. */
  readonly args: Readonly<Record<string, unknown>>;
  /** What must still be said, in the order of speaking; at least one. Where there are several ways to go on, that with the fewest slots. */
  readonly missing: readonly [MissingSlot, ...MissingSlot[]];
  /** Whether the last words have begun the first missing slot. */
  readonly isInside: boolean;
}

interface Place {
  node: number;
  missing: readonly MissingSlot[];
  path: Path;
  isInside: boolean;
}

/** What the words lack; undefined when they may become several commands, or one without any further slot. */
export function findBeginning(grammar: Grammar, words: readonly string[]): Beginning | undefined {
  const { main, phrases } = grammar;
  const seen = new Set<number>();
  const commands = new Set<GrammarCommand>();
  let found: Place | undefined;
  let [level, next] = startPlaces(grammar, words);
  while (level.length + next.length > 0) {
    // Words are followed at once, slots with the next level: the first end that is met needs the fewest slots.
    for (let place = level.pop(); place; place = level.pop()) {
      if (seen.has(place.node)) continue;
      seen.add(place.node);
      for (const accept of main.accepts[place.node] ?? []) {
        commands.add(phrases[accept]!.command);
        found ??= place;
      }
      if (commands.size > 1 || found?.missing.length === 0) return undefined;
      for (let arc = main.arcStart[place.node]!; arc < main.arcStart[place.node + 1]!; arc++) {
        const symbol = main.arcSymbol[arc]!;
        const binding = symbol >= kindFactor && symbol < anySymbol ? grammar.bindings[symbol - kindFactor]! : undefined;
        const node = main.arcTarget[arc]!;
        if (!binding || binding.name === '') level.push({ ...place, node });
        else next.push({ ...place, node, missing: [...place.missing, { name: binding.name, slot: binding.slot }] });
      }
    }
    [level, next] = [next, []];
  }
  const [command] = commands;
  const [first, ...rest] = found?.missing ?? [];
  if (!command || !found || !first) return undefined;
  const args = Object.fromEntries(capturesOf(found.path).map(({ name, value }) => [name, value]));
  return { command, args, missing: [first, ...rest], isInside: found.isInside };
}

/** Where the words end: without, and with a slot that they are in the middle of and that is the first one missing. */
function startPlaces(grammar: Grammar, words: readonly string[]): [Place[], Place[]] {
  const { nodes, open } = walkFrontier(grammar, words);
  const after = [...nodes].map(([node, paths]): Place => ({ node, missing: [], path: paths[0]!, isInside: false }));
  const inside = open.map(({ binding, target, paths }): Place => {
    const { name, slot } = grammar.bindings[binding]!;
    return { node: target, missing: [{ name, slot }], path: paths[0]!, isInside: true };
  });
  return [after, inside];
}
