import { arcKinds, kindFactor } from './automaton.ts';
import type { GrammarParts } from './parts.ts';
import { writeWords } from './tokenize.ts';

/** The shortest phrase that leads to each node of a grammar, for people to read. */
export class ShortestPhrases {
  readonly #grammar: GrammarParts;
  /** For each node the arc by which a shortest phrase reaches it, or −1. */
  readonly #parents: Int32Array;

  constructor(grammar: GrammarParts) {
    const { main } = grammar;
    this.#grammar = grammar;
    this.#parents = new Int32Array(main.nodes).fill(-1);
    const queue = [main.start];
    for (const node of queue) {
      for (let arc = main.arcStart[node]!; arc < main.arcStart[node + 1]!; arc++) {
        const target = main.arcTarget[arc]!;
        if (this.#parents[target] !== -1 || target === main.start) continue;
        this.#parents[target] = arc;
        queue.push(target);
      }
    }
  }

  /** Returns the phrase to a node, in which slots stand as `{name}`. */
  to(node: number): string {
    const { main } = this.#grammar;
    const words: string[] = [];
    while (node !== main.start && this.#parents[node]! >= 0) {
      words.unshift(symbolText(this.#grammar, this.#parents[node]!));
      node = this.#originOf(this.#parents[node]!);
    }
    return writeWords(words);
  }

  /** Returns the node whose arcs contain an arc. */
  #originOf(arc: number): number {
    const { arcStart, nodes } = this.#grammar.main;
    let low = 0;
    let high = nodes;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (arcStart[middle]! <= arc) low = middle;
      else high = middle;
    }
    return low;
  }
}

/** Returns the word, or the `{name}` of the slot, that an arc of the main automaton takes. */
export function symbolText({ main, lexicon, bindings }: GrammarParts, arc: number): string {
  const kind = Math.floor(main.arcSymbol[arc]! / kindFactor);
  const label = main.arcSymbol[arc]! % kindFactor;
  if (kind === arcKinds.word) return lexicon.written(label)[0]!;
  return kind === arcKinds.call ? `{${bindings[label]!.name}}` : '…';
}
