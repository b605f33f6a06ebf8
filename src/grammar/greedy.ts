import { anySymbol, findArc, kindFactor, type Automaton } from './automaton.ts';
import type { Binding } from './parts.ts';

/** How a phrase has begun: only with articles and the like, with other words or slots, or with free text. */
const begun = { lightly: 0, plainly: 1, freely: 2 } as const;
type Begun = (typeof begun)[keyof typeof begun];
const ways = 3;

/**
 * Marks the nodes of a phrase that come after free text with which it begins. Since any sentence begins like such a
 * phrase, it must not count where other phrases are concerned. Nodes that other words lead to as well, as in
 * "[play] {song} by {artist}", are there twice. An article before the free text changes nothing.
 * @param isLight whether a word, by its number, says nothing by itself
 */
export function markGreedy(
  automaton: Automaton,
  bindings: readonly Binding[],
  isLight: (word: number) => boolean,
): Automaton {
  const { start, arcStart, arcSymbol, arcTarget } = automaton;
  const numbers = new Map<number, number>();
  const open: { node: number; begun: Begun }[] = [];
  const numberOf = (node: number, how: Begun): number => {
    const key = node * ways + how;
    let number = numbers.get(key);
    if (number === undefined) {
      numbers.set(key, (number = numbers.size));
      open.push({ node, begun: how });
    }
    return number;
  };
  numberOf(start, begun.lightly);
  const [starts, symbols, targets]: [number[], number[], number[]] = [[0], [], []];
  // The list of places grows during this loop, in the order of their numbers.
  for (const { node, begun: how } of open) {
    for (let arc = arcStart[node]!; arc < arcStart[node + 1]!; arc++) {
      const symbol = arcSymbol[arc]!;
      symbols.push(symbol);
      targets.push(numberOf(arcTarget[arc]!, how === begun.lightly ? beginWith(symbol, bindings, isLight) : how));
    }
    starts.push(symbols.length);
  }
  if (open.every(({ begun: how }) => how !== begun.freely))
    return { ...automaton, greedy: new Uint8Array(automaton.nodes) };
  return {
    nodes: open.length,
    start: 0,
    arcStart: Uint32Array.from(starts),
    arcSymbol: Float64Array.from(symbols),
    arcTarget: Uint32Array.from(targets),
    accepts: open.map(({ node }) => automaton.accepts[node]),
    tail: Uint8Array.from(open, ({ node }) => automaton.tail[node]!),
    greedy: Uint8Array.from(open, ({ begun: how }) => (how === begun.freely ? 1 : 0)),
  };
}

function beginWith(symbol: number, bindings: readonly Binding[], isLight: (word: number) => boolean): Begun {
  if (symbol < kindFactor) return isLight(symbol) ? begun.lightly : begun.plainly;
  return isFreeText(symbol, bindings) ? begun.freely : begun.plainly;
}

/** Returns the numbers of the words that a phrase can begin with. */
export function firstWords({ start, arcStart, arcSymbol }: Automaton): Iterable<number> {
  return arcSymbol.subarray(arcStart[start], arcStart[start + 1]).filter((symbol) => symbol < kindFactor);
}

/** Whether nothing but free text leads to a node and nothing follows it: the phrase takes whatever is said. */
export function takesAll(automaton: Automaton, node: number): boolean {
  const { accepts, arcStart, arcTarget, tail } = automaton;
  const next = arcTarget.subarray(findArc(automaton, node, 0), arcStart[node + 1]);
  return accepts[node] !== undefined && next.every((target) => tail[target]);
}

/** Whether the last words of a phrase may be free text. */
export function endsFreely({ accepts, arcSymbol, arcTarget }: Automaton, bindings: readonly Binding[]): boolean {
  return arcSymbol.some((symbol, arc) => accepts[arcTarget[arc]!] !== undefined && isFreeText(symbol, bindings));
}

function isFreeText(symbol: number, bindings: readonly Binding[]): boolean {
  return symbol >= kindFactor && symbol < anySymbol && bindings[symbol - kindFactor]!.slot.type === 'text';
}
