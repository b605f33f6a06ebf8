/** Arc kinds, as in `DecoderGraph`. */
export const arcKinds = { word: 0, call: 1, any: 2, epsilon: 3 } as const;

/** A symbol is its kind times this, plus its label: words come first in the order of symbols, then calls, then any. */
export const kindFactor = 2 ** 32;
/** The symbol of a word is its number in the lexicon; this one is a slot, by its number among the bindings. */
export const callSymbol = (binding: number): number => kindFactor + binding;
/** Any one word. */
export const anySymbol = 2 * kindFactor;
export const epsilon = 3 * kindFactor;

/**
 * A finite automaton over symbols, flat. The arcs of a node stand in the order of their symbols; there are no
 * epsilon arcs. Mostly deterministic: a symbol stands twice at a node only where merging would have grown too large.
 */
export interface Automaton {
  readonly nodes: number;
  readonly start: number;
  readonly arcStart: Uint32Array;
  readonly arcSymbol: Float64Array;
  readonly arcTarget: Uint32Array;
  /** What a node accepts, as numbers of the maker's choice; undefined where it accepts nothing. */
  readonly accepts: readonly (readonly number[] | undefined)[];
  /** 1 for nodes that only politeness leads to; they don't count as a way to go on. */
  readonly tail: Uint8Array;
}

/** The first arc of `node` whose symbol is at least `symbol`; the end of its arcs when there is none. */
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

/** Whether anything but politeness can follow at a node. */
export function canGoOn(automaton: Automaton, node: number): boolean {
  for (let arc = automaton.arcStart[node]!; arc < automaton.arcStart[node + 1]!; arc++) {
    if (!automaton.tail[automaton.arcTarget[arc]!]) return true;
  }
  return false;
}

/** An automaton under construction: arcs in any order, epsilon allowed. */
export class Nfa {
  readonly from: number[] = [];
  readonly symbol: number[] = [];
  readonly to: number[] = [];
  readonly accept = new Map<number, number[]>();
  readonly tail = new Set<number>();
  readonly #most: number;
  #nodes = 0;

  /** @param most arcs and nodes allowed, so that a template can't fill the memory */
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

  /** A chain of words from one node to another. */
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

  /** Copies a finished automaton in; `onAccept` gets the copies of its accepting nodes. Returns the copy's start. */
  embed(automaton: Automaton, onAccept: (node: number) => void): number {
    const base = this.#nodes;
    if (base + automaton.nodes > this.#most) throw new TooLarge();
    this.#nodes += automaton.nodes;
    for (let node = 0; node < automaton.nodes; node++) {
      for (let arc = automaton.arcStart[node]!; arc < automaton.arcStart[node + 1]!; arc++) {
        this.arc(base + node, automaton.arcSymbol[arc]!, base + automaton.arcTarget[arc]!);
      }
      if (automaton.tail[node]) this.tail.add(base + node);
      if (automaton.accepts[node]) onAccept(base + node);
    }
    return base + automaton.start;
  }
}

/** A pattern needs more nodes than allowed. */
export class TooLarge extends Error {}
