import { epsilon, TooLarge, type Automaton, type Nfa } from './automaton.ts';
import { finish, type Steps } from './steps.ts';

/** How many nodes are made in one step: all commands begin at the first ones. */
const nodesAStep = 16;

/**
 * Merges common beginnings by the subset construction. This can grow exponentially, so beyond a few times the given
 * nodes no more merged nodes are made; the arcs of a symbol then simply lead to several nodes. The accepted language is
 * the same either way.
 * @throws TooLarge after `mostWork` steps
 */
export function determinize(nfa: Nfa, start: number, options: { mostWork?: number } = {}): Automaton {
  return finish(new Construction(nfa, options.mostWork ?? Infinity).run(start));
}

/** The same in steps. */
export function* determinizeInSteps(nfa: Nfa, start: number): Steps<Automaton> {
  const construction = new Construction(nfa, Infinity);
  yield;
  return yield* construction.run(start);
}

class Construction {
  readonly #nfa: Nfa;
  readonly #most: number;
  readonly #first: Uint32Array;
  readonly #order: Uint32Array;
  /** The new node of a set with one member, plus one. Most sets have one member, as in a tree of words. */
  readonly #single: Uint32Array;
  readonly #hasEpsilon: Uint8Array;
  readonly #merged = new Map<string, number>();
  readonly #sets: number[][] = [];
  #workLeft: number;

  constructor(nfa: Nfa, mostWork: number) {
    this.#nfa = nfa;
    this.#most = 4 * nfa.nodes + 1000;
    this.#workLeft = mostWork;
    // Sorts the arcs by their origin (counting sort).
    this.#first = new Uint32Array(nfa.nodes + 1);
    for (const from of nfa.from) this.#first[from + 1]!++;
    for (let node = 0; node < nfa.nodes; node++) this.#first[node + 1]! += this.#first[node]!;
    this.#single = new Uint32Array(nfa.nodes);
    this.#hasEpsilon = new Uint8Array(nfa.nodes);
    nfa.symbol.forEach((symbol, arc) => {
      if (symbol === epsilon) this.#hasEpsilon[nfa.from[arc]!] = 1;
    });
    const place = this.#first.slice();
    this.#order = new Uint32Array(nfa.from.length);
    nfa.from.forEach((from, arc) => {
      this.#order[place[from]!++] = arc;
    });
  }

  *run(start: number): Steps<Automaton> {
    const arcStart: number[] = [0];
    const arcSymbol: number[] = [];
    const arcTarget: number[] = [];
    const accepts: (readonly number[] | undefined)[] = [];
    const tail: number[] = [];
    const greedy: number[] = [];
    const first = this.#nodeOf(this.#closure([start]));
    for (let node = 0; node < this.#sets.length; node++) {
      if (node % nodesAStep === nodesAStep - 1) yield;
      const set = this.#sets[node]!;
      accepts.push(this.#acceptsOf(set));
      tail.push(set.every((member) => this.#nfa.tail.has(member)) ? 1 : 0);
      greedy.push(set.every((member) => this.#nfa.greedy.has(member)) ? 1 : 0);
      for (const [symbol, targets] of this.#arcsOf(set)) {
        for (const target of this.#targetNodes(targets)) {
          arcSymbol.push(symbol);
          arcTarget.push(target);
        }
      }
      arcStart.push(arcSymbol.length);
    }
    return {
      nodes: this.#sets.length,
      start: first,
      accepts,
      tail: Uint8Array.from(tail),
      greedy: Uint8Array.from(greedy),
      arcStart: Uint32Array.from(arcStart),
      arcSymbol: Float64Array.from(arcSymbol),
      arcTarget: Uint32Array.from(arcTarget),
    };
  }

  #targetNodes(targets: number[]): number[] {
    if (this.#sets.length < this.#most) return [this.#nodeOf(this.#closure(targets))];
    return [...new Set(this.#closure(targets).map((member) => this.#nodeOf([member])))];
  }

  #arcsOf(set: number[]): [symbol: number, targets: number[]][] {
    if (set.length === 1 && this.#first[set[0]! + 1]! - this.#first[set[0]!]! === 1) {
      const arc = this.#order[this.#first[set[0]!]!]!;
      const symbol = this.#nfa.symbol[arc]!;
      return symbol === epsilon ? [] : [[symbol, [this.#nfa.to[arc]!]]];
    }
    const bySymbol = new Map<number, number[]>();
    for (const member of set) {
      for (let i = this.#first[member]!; i < this.#first[member + 1]!; i++) {
        const arc = this.#order[i]!;
        const symbol = this.#nfa.symbol[arc]!;
        if (symbol === epsilon) continue;
        const targets = bySymbol.get(symbol);
        if (targets) targets.push(this.#nfa.to[arc]!);
        else bySymbol.set(symbol, [this.#nfa.to[arc]!]);
      }
    }
    return [...bySymbol].sort((a, b) => a[0] - b[0]);
  }

  #acceptsOf(set: number[]): readonly number[] | undefined {
    if (set.length === 1) return this.#nfa.accept.get(set[0]!)?.toSorted((a, b) => a - b);
    const found = new Set<number>();
    for (const member of set) for (const accept of this.#nfa.accept.get(member) ?? []) found.add(accept);
    return found.size === 0 ? undefined : [...found].sort((a, b) => a - b);
  }

  /**
   * Returns the given nodes and all that epsilon arcs lead to, sorted and without repeats. Nodes without arcs or a
   * meaning of their own are left out.
   */
  #closure(members: number[]): number[] {
    if (members.length === 1 && !this.#hasEpsilon[members[0]!]) return members;
    const seen = new Set(members);
    const open = [...seen];
    while (open.length > 0) {
      const member = open.pop()!;
      for (let i = this.#first[member]!; i < this.#first[member + 1]!; i++) {
        const arc = this.#order[i]!;
        const to = this.#nfa.to[arc]!;
        if (this.#nfa.symbol[arc] === epsilon && !seen.has(to)) {
          seen.add(to);
          open.push(to);
        }
      }
    }
    this.#workLeft -= seen.size;
    if (this.#workLeft < 0) throw new TooLarge();
    if (seen.size === 1) return [...seen];
    return [...seen].filter((member) => this.#matters(member)).sort((a, b) => a - b);
  }

  #matters(member: number): boolean {
    if (this.#nfa.accept.has(member)) return true;
    for (let i = this.#first[member]!; i < this.#first[member + 1]!; i++)
      if (this.#nfa.symbol[this.#order[i]!] !== epsilon) return true;
    return false;
  }

  #nodeOf(set: number[]): number {
    if (set.length === 1) {
      const known = this.#single[set[0]!]!;
      if (known > 0) return known - 1;
      this.#single[set[0]!] = this.#sets.length + 1;
    } else {
      const key = set.join(',');
      const known = this.#merged.get(key);
      if (known !== undefined) return known;
      this.#merged.set(key, this.#sets.length);
    }
    return this.#sets.push(set) - 1;
  }
}
