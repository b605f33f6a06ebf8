import { anySymbol, findArc, kindFactor, type Automaton } from './automaton.ts';
import type { Binding } from './parts.ts';

/**
 * Marks the nodes of a phrase that are reached only through free text with which it begins. Since any sentence begins
 * like such a phrase, it must not count where other phrases are concerned.
 */
export function markGreedy(automaton: Automaton, bindings: readonly Binding[]): Automaton {
  const { nodes, start, arcStart, arcSymbol, arcTarget } = automaton;
  const greedy = new Uint8Array(nodes).fill(1);
  const open = [start];
  greedy[start] = 0;
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (let arc = arcStart[node]!; arc < arcStart[node + 1]!; arc++) {
      const target = arcTarget[arc]!;
      if (!greedy[target] || (node === start && isFreeText(arcSymbol[arc]!, bindings))) continue;
      greedy[target] = 0;
      open.push(target);
    }
  }
  return { ...automaton, greedy };
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
