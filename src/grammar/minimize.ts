import type { Automaton } from './automaton.ts';

/**
 * Merges the nodes from which the same words may follow. The automaton must have no cycles, as those of slots have
 * none.
 */
export function minimize(automaton: Automaton): Automaton {
  const { arcStart, arcSymbol, arcTarget, accepts, tail, greedy } = automaton;
  const classes = new Map<string, number>();
  const classOf = new Int32Array(automaton.nodes).fill(-1);
  const members: number[] = [];
  for (const node of targetsFirst(automaton)) {
    const arcs: string[] = [];
    for (let arc = arcStart[node]!; arc < arcStart[node + 1]!; arc++)
      arcs.push(`${arcSymbol[arc]!}>${classOf[arcTarget[arc]!]!}`);
    const key = `${accepts[node]?.join(' ') ?? ''}|${tail[node]!}${greedy[node]!}|${arcs.join(' ')}`;
    let number = classes.get(key);
    if (number === undefined) classes.set(key, (number = members.push(node) - 1));
    classOf[node] = number;
  }
  const starts = [0];
  const symbols: number[] = [];
  const targets: number[] = [];
  for (const node of members) {
    for (let arc = arcStart[node]!; arc < arcStart[node + 1]!; arc++) {
      symbols.push(arcSymbol[arc]!);
      targets.push(classOf[arcTarget[arc]!]!);
    }
    starts.push(symbols.length);
  }
  return {
    nodes: members.length,
    start: classOf[automaton.start]!,
    accepts: members.map((node) => accepts[node]),
    tail: Uint8Array.from(members, (node) => tail[node]!),
    greedy: Uint8Array.from(members, (node) => greedy[node]!),
    arcStart: Uint32Array.from(starts),
    arcSymbol: Float64Array.from(symbols),
    arcTarget: Uint32Array.from(targets),
  };
}

/** Returns the nodes that can be reached, each after all nodes that its arcs lead to. */
function targetsFirst({ nodes, start, arcStart, arcTarget }: Automaton): number[] {
  const order: number[] = [];
  const isSeen = new Uint8Array(nodes);
  const open: { node: number; arc: number }[] = [{ node: start, arc: arcStart[start]! }];
  isSeen[start] = 1;
  for (let top = open.at(-1); top; top = open.at(-1)) {
    if (top.arc === arcStart[top.node + 1]!) {
      order.push(top.node);
      open.pop();
      continue;
    }
    const next = arcTarget[top.arc++]!;
    if (isSeen[next]) continue;
    isSeen[next] = 1;
    open.push({ node: next, arc: arcStart[next]! });
  }
  return order;
}
