import { createHash } from 'node:crypto';
import type { DecoderGraph } from '../types.ts';
import { arcKinds } from './automaton.ts';

/** Writes graphs into one that accepts what any of them does. The prompts follow each other. */
export function joinGraphs(graphs: readonly DecoderGraph[]): DecoderGraph {
  const words = graphs.flatMap((graph) => graph.words);
  const prompt = graphs
    .map((graph) => graph.prompt)
    .filter((text) => text !== '')
    .join(' ');
  const id = createHash('sha1').update(graphs.map((graph) => graph.id).join('\n'));
  const nodes = sum(graphs, ({ final }) => final.length) + 1;
  const arcs = sum(graphs, ({ arcKind }) => arcKind.length) + graphs.length;
  const joined: DecoderGraph = {
    id: id.digest('hex'),
    words,
    prompt,
    start: nodes - 1,
    arcStart: new Uint32Array(nodes + 1),
    arcKind: new Uint8Array(arcs),
    arcLabel: new Uint32Array(arcs),
    arcTarget: new Uint32Array(arcs),
    final: new Uint8Array(nodes),
  };
  let [node, arc, word] = [0, 0, 0];
  const starts: number[] = [];
  for (const graph of graphs) {
    const { final, arcStart, arcKind, arcLabel, arcTarget } = graph;
    joined.final.set(final, node);
    joined.arcKind.set(arcKind, arc);
    for (let at = 0; at < final.length; at++) joined.arcStart[node + at] = arc + arcStart[at]!;
    for (let at = 0; at < arcKind.length; at++) {
      const base = arcKind[at] === arcKinds.word ? word : arcKind[at] === arcKinds.call ? node : 0;
      joined.arcLabel[arc + at] = base + arcLabel[at]!;
      joined.arcTarget[arc + at] = node + arcTarget[at]!;
    }
    starts.push(node + graph.start);
    [node, arc, word] = [node + final.length, arc + arcKind.length, word + graph.words.length];
  }
  // The last node is the start, from which an arc leads to the start of each graph.
  joined.arcStart[node] = arc;
  joined.arcStart[node + 1] = arcs;
  joined.arcKind.fill(arcKinds.epsilon, arc);
  joined.arcTarget.set(starts, arc);
  return joined;
}

function sum(graphs: readonly DecoderGraph[], of: (graph: DecoderGraph) => number): number {
  return graphs.reduce((all, graph) => all + of(graph), 0);
}
