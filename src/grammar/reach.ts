import { anySymbol, canGoOn, findArc, type Automaton } from './automaton.ts';

/** Where an automaton that is entered at one word can end, and whether it could take more words than there are. */
export interface Reach {
  ends: number[];
  goesOn: boolean;
  /** No word from here on could be followed. */
  furthest: number;
}

/** Returns the nodes that a word leads to. */
export function wordTargets(automaton: Automaton, node: number, word: number): number[] {
  const targets: number[] = [];
  if (word < 0) return targets;
  for (
    let arc = findArc(automaton, node, word);
    arc < automaton.arcStart[node + 1]! && automaton.arcSymbol[arc] === word;
    arc++
  )
    targets.push(automaton.arcTarget[arc]!);
  return targets;
}

/** Follows the words from a position on through an automaton; `ids` are the words' numbers. */
export function reachThrough(automaton: Automaton, ids: readonly number[], at: number): Reach {
  const ends: number[] = [];
  let nodes = new Set([automaton.start]);
  let position = at;
  for (; position < ids.length && nodes.size > 0; position++) {
    const next = new Set<number>();
    for (const node of nodes) {
      for (const target of wordTargets(automaton, node, ids[position]!)) next.add(target);
      for (let arc = findArc(automaton, node, anySymbol); arc < automaton.arcStart[node + 1]!; arc++)
        next.add(automaton.arcTarget[arc]!);
    }
    nodes = next;
    if ([...nodes].some((node) => automaton.accepts[node])) ends.push(position + 1);
  }
  const goesOn = position === ids.length && [...nodes].some((node) => canGoOn(automaton, node));
  return { ends, goesOn, furthest: position };
}
