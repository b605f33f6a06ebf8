/** The kinds of arcs, as in `DecoderGraph`. */
export const arcKinds = { word: 0, call: 1, any: 2, epsilon: 3 } as const;

/**
 * A symbol is its kind times this factor, plus its label. In the order of symbols, words come first, then calls, then
 * any.
 */
export const kindFactor = 2 ** 32;
/** Returns the symbol of a slot by its number among the bindings. The symbol of a word is its number in the lexicon. */
export const callSymbol = (binding: number): number => kindFactor + binding;
/** The symbol that any single word matches. */
export const anySymbol = 2 * kindFactor;
export const epsilon = 3 * kindFactor;

/**
 * A finite automaton over symbols, in flat arrays. The arcs of a node are sorted by their symbols; there are no epsilon
 * arcs. It is mostly deterministic: a symbol occurs twice at a node only where merging would have made the automaton
 * too large.
 */
export interface Automaton {
  readonly nodes: number;
  readonly start: number;
  readonly arcStart: Uint32Array;
  readonly arcSymbol: Float64Array;
  readonly arcTarget: Uint32Array;
  /** What a node accepts, as numbers chosen by whoever built the automaton; undefined when it accepts nothing. */
  readonly accepts: readonly (readonly number[] | undefined)[];
  /** 1 for nodes that only polite words lead to; they do not count as a way to go on. */
  readonly tail: Uint8Array;
  /** 1 for nodes that are reached only through free text with which a phrase begins. */
  readonly greedy: Uint8Array;
}

/**
 * Returns the first arc of `node` whose symbol is at least `symbol`, or the end of the node's arcs when there is none.
 */
export function findArc(automaton: Automaton, node: number, symbol: number): number {
  const { arcStart, arcSymbol } = automaton;
  let low = arcStart[node]!;
  let high = arcStart[node + 1]!;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (arcSymbol[middle]! < symbol) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether anything but polite words, and free text with which a phrase begins, can follow at a node. */
export function canGoOn(automaton: Automaton, node: number): boolean {
  const { arcStart, arcTarget, tail, greedy } = automaton;
  for (let arc = arcStart[node]!; arc < arcStart[node + 1]!; arc++) {
    const target = arcTarget[arc]!;
    if (!tail[target] && greedy[target]! <= greedy[node]!) return true;
  }
  return false;
}

/** An automaton under construction: its arcs may come in any order, and epsilon arcs are allowed. */
export class Nfa {
  readonly from: number[] = [];
  readonly symbol: number[] = [];
  readonly to: number[] = [];
  readonly accept = new Map<number, number[]>();
  readonly tail = new Set<number>();
  readonly greedy = new Set<number>();
  readonly #most: number;
  #nodes = 0;

  /** @param most how many arcs and nodes are allowed, so that no template can fill the memory */
  constructor(most = Infinity) {
    this.#most = most;
  }

  get nodes(): number {
    return this.#nodes;
  }

  node(): number {
    if (this.#nodes >= this.#most) throw new TooLarge();
    return this.#nodes++;
  }

  arc(from: number, symbol: number, to: number): void {
    if (this.from.length >= this.#most) throw new TooLarge();
    this.from.push(from);
    this.symbol.push(symbol);
    this.to.push(to);
  }

  /** Adds a chain of words from one node to another. */
  chain(from: number, words: readonly number[], to: number): void {
    words.forEach((word, i) => {
      const next = i === words.length - 1 ? to : this.node();
      this.arc(from, word, next);
      from = next;
    });
    if (words.length === 0) this.arc(from, epsilon, to);
  }

  addAccept(node: number, value: number): void {
    const list = this.accept.get(node);
    if (!list) this.accept.set(node, [value]);
    else if (!list.includes(value)) list.push(value);
  }

  /**
   * Copies a finished automaton into this one and returns the start of the copy. `onAccept` is called with each of the
   * copy's accepting nodes.
   */
  embed(automaton: Automaton, onAccept: (node: number) => void): number {
    const base = this.#nodes;
    if (base + automaton.nodes > this.#most) throw new TooLarge();
    this.#nodes += automaton.nodes;
    for (let node = 0; node < automaton.nodes; node++) {
      for (let arc = automaton.arcStart[node]!; arc < automaton.arcStart[node + 1]!; arc++) {
        this.arc(base + node, automaton.arcSymbol[arc]!, base + automaton.arcTarget[arc]!);
      }
      if (automaton.tail[node]) this.tail.add(base + node);
      if (automaton.greedy[node]) this.greedy.add(base + node);
      if (automaton.accepts[node]) onAccept(base + node);
    }
    return base + automaton.start;
  }
}

/** Thrown when a pattern needs more nodes than allowed. */
export class TooLarge extends Error {}
