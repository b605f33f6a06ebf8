import type { DecoderGraph } from '../../src/types.ts';

/** Accepts a list of written words with only the flat graph, as the native decoder would, in a slow and simple way. */
export function acceptsWords(graph: DecoderGraph, words: readonly string[]): boolean {
  return endsFrom(graph, graph.start, words, 0, new Map()).has(words.length);
}

/** Returns the positions in the words at which the automaton that starts at `node` can accept. */
function endsFrom(
  graph: DecoderGraph,
  start: number,
  words: readonly string[],
  at: number,
  known: Map<string, Set<number>>,
): Set<number> {
  const key = `${start} ${at}`;
  const earlier = known.get(key);
  if (earlier) return earlier;
  const ends = new Set<number>();
  known.set(key, ends);
  const seen = new Set<string>();
  const open: [node: number, position: number][] = [[start, at]];
  for (let state = open.pop(); state; state = open.pop()) {
    const [node, position] = state;
    if (seen.has(`${node} ${position}`)) continue;
    seen.add(`${node} ${position}`);
    if (graph.final[node]) ends.add(position);
    for (let arc = graph.arcStart[node]!; arc < graph.arcStart[node + 1]!; arc++) {
      const target = graph.arcTarget[arc]!;
      const label = graph.arcLabel[arc]!;
      if (graph.arcKind[arc] === 1)
        for (const end of endsFrom(graph, label, words, position, known)) open.push([target, end]);
      else if (graph.arcKind[arc] === 3) open.push([target, position]);
      else if (position < words.length && (graph.arcKind[arc] === 2 || graph.words[label] === words[position]))
        open.push([target, position + 1]);
    }
  }
  return ends;
}

/**
 * Walks through the graph at random to an accepting node; returns the written words, or undefined when it gets too
 * long.
 */
export function randomPhrase(
  graph: DecoderGraph,
  pick: (below: number) => number,
  node = graph.start,
  most = 40,
): string[] | undefined {
  const words: string[] = [];
  while (words.length <= most) {
    const first = graph.arcStart[node]!;
    const count = graph.arcStart[node + 1]! - first;
    if (graph.final[node] && (count === 0 || pick(3) === 0)) return words;
    const arc = first + pick(count);
    const kind = graph.arcKind[arc];
    const label = graph.arcLabel[arc]!;
    if (kind === 1) {
      const inner = randomPhrase(graph, pick, label, most - words.length);
      if (!inner) return undefined;
      words.push(...inner);
    } else if (kind !== 3) words.push(kind === 2 ? ['milk', 'aoife', 'zebra'][pick(3)]! : graph.words[label]!);
    node = graph.arcTarget[arc]!;
  }
  return undefined;
}
