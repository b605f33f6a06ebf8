import { anySymbol, kindFactor } from './automaton.ts';
import type { GrammarCommand } from './command-shape.ts';
import { meanTheSame, type GrammarParts, type PhraseRef } from './parts.ts';
import type { Slot } from './slots/slot.ts';
import { filledOf, type DelayCapture, type Path } from './parse.ts';
import { walkFrontier } from './walk.ts';

/** A slot that is still to be filled. */
export interface MissingSlot {
  readonly name: string;
  readonly slot: Slot;
}

/** How one command can go on where the words end. */
export interface Continuation {
  readonly command: GrammarCommand;
  /** The arguments that the words so far give. */
  readonly args: Readonly<Record<string, unknown>>;
  /** When the command is to run, if the words so far say so. */
  readonly delay?: DelayCapture;
  /**
   * The slots that must still be filled, in the order of speaking; at least one. If there are several ways to go on, it
   * is the one with the fewest slots.
   */
  readonly missing: readonly [MissingSlot, ...MissingSlot[]];
  /** Whether the last words have begun the first missing slot. */
  readonly isInside: boolean;
}

/** The one command that the words begin, or two or three commands that differ only from the next slot on. */
export interface Beginning extends Continuation {
  /** The further commands; absent when there is only one. */
  readonly others?: readonly Continuation[];
}

/** Nobody can keep more choices in mind than this when a question offers them. */
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
 * Returns what the words lack. Undefined when they may become too many commands, several commands that the next slot
 * does not tell apart, or a command without any further slot.
 */
export function findBeginning(grammar: GrammarParts, words: readonly string[]): Beginning | undefined {
  const { main, phrases } = grammar;
  const seen = new Set<number>();
  const found: { phrase: PhraseRef; place: Place }[] = [];
  let [level, next] = startPlaces(grammar, words);
  while (level.length + next.length > 0) {
    // Words are followed within a level and slots lead to the next level, so the first end that is reached needs the
    // fewest slots. The list of places grows during this loop.
    for (const place of level) {
      if (seen.has(place.node)) continue;
      seen.add(place.node);
      for (const accept of main.accepts[place.node] ?? []) {
        const phrase = phrases[accept]!;
        if (!found.some((known) => meanTheSame(known.phrase, phrase))) found.push({ phrase, place });
      }
      if (found.length > maxCommands || found.some((known) => known.place.missing.length === 0)) return undefined;
      for (let arc = main.arcStart[place.node]!; arc < main.arcStart[place.node + 1]!; arc++) {
        const symbol = main.arcSymbol[arc]!;
        const binding = symbol >= kindFactor && symbol < anySymbol ? grammar.bindings[symbol - kindFactor]! : undefined;
        const node = main.arcTarget[arc]!;
        if (main.greedy[node]! > main.greedy[place.node]! || binding?.slot.type === 'delay') continue;
        if (!binding || binding.name === '')
          level.push({ ...place, node, isNext: place.isNext && place.missing.length > 0 });
        else next.push({ ...place, node, missing: [...place.missing, { name: binding.name, slot: binding.slot }] });
      }
    }
    [level, next] = [next, []];
  }
  const [first, ...others] = found.map(({ phrase, place }) => continuationOf(phrase, place));
  if (!first) return undefined;
  if (others.length === 0) return first;
  return found.every(({ place }) => place.isNext) && partAtSlot([first, ...others]) ? { ...first, others } : undefined;
}

function continuationOf(phrase: PhraseRef, { missing, path, isInside }: Place): Continuation {
  const { args, delay } = filledOf(phrase, path);
  return {
    command: phrase.command,
    args,
    ...(delay ? { delay } : {}),
    missing: missing as Continuation['missing'],
    isInside,
  };
}

/** Whether the slot that comes next tells the commands apart. */
function partAtSlot(continuations: readonly Continuation[]): boolean {
  return new Set(continuations.map(({ missing: [{ slot }] }) => slot.key)).size === continuations.length;
}

/**
 * Returns the places where the words end: first those outside a slot, then those inside a slot, which is then the first
 * missing one.
 */
function startPlaces(grammar: GrammarParts, words: readonly string[]): [Place[], Place[]] {
  const { nodes, open } = walkFrontier(grammar, words);
  const after = [...nodes].map(([node, paths]): Place => ({
    node,
    missing: [],
    path: paths[0]!,
    isInside: false,
    isNext: true,
  }));
  const slots = open.filter(({ binding }) => grammar.bindings[binding]!.slot.type !== 'delay');
  const inside = slots.map(({ binding, target, paths }): Place => {
    const { name, slot } = grammar.bindings[binding]!;
    return { node: target, missing: [{ name, slot }], path: paths[0]!, isInside: true, isNext: true };
  });
  return [after, inside];
}
