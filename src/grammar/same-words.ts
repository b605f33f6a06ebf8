import { kindFactor, type Automaton } from './automaton.ts';
import type { Grammar } from './grammar.ts';
import type { PhraseRef } from './parts.ts';
import { compareRanks, noSlots, withSlot, type Rank } from './rank.ts';

/** Words that two phrases of different commands accept. */
export interface SameWords {
  /** The node of the main automaton up to which the two are the same phrase. */
  readonly from: number;
  /** The words from there on. */
  readonly words: string;
  readonly first: PhraseRef;
  readonly second: PhraseRef;
}

/** How many pairs of places are looked at, so that large sets are checked in a moment. */
const maxPairs = 10_000;

/** A place in a phrase: a node of the main automaton, and one of a slot's if it is inside a slot. */
interface Place {
  node: number;
  slot: { binding: number; node: number; words: number } | undefined;
  rank: Rank;
}

/** Two ways of reading the same words, which are the same up to the node `from`. */
interface Pair {
  places: readonly [Place, Place];
  from: number;
  said: { word: number; before: Pair['said'] } | undefined;
}

/**
 * Finds words that two commands accept equally well because at least one has them in a slot; one example for each two
 * commands. Free text is left out: whatever else accepts the same words is more specific.
 * @param isClash whether it matters that two phrases accept the same words
 */
export function findSameWords(
  grammar: Grammar,
  isClash: (first: PhraseRef, second: PhraseRef) => boolean,
): SameWords[] {
  return new Search(grammar, isClash).run();
}

class Search {
  readonly #grammar: Grammar;
  readonly #isClash: (first: PhraseRef, second: PhraseRef) => boolean;
  readonly #seen = new Set<string>();
  readonly #told = new Set<string>();
  readonly #found: SameWords[] = [];

  constructor(grammar: Grammar, isClash: (first: PhraseRef, second: PhraseRef) => boolean) {
    this.#grammar = grammar;
    this.#isClash = isClash;
  }

  run(): SameWords[] {
    const { main } = this.#grammar;
    for (let node = 0; node < main.nodes; node++) {
      if (this.#grammar.callsAt(node).length === 0) continue;
      const here: Place = { node, slot: undefined, rank: noSlots };
      const ways = this.#ways(here);
      ways.forEach((one, i) => {
        for (const other of ways.slice(i + 1)) this.#follow({ places: [one, other], from: node, said: undefined });
      });
    }
    return this.#found;
  }

  /** Follows two ways, which have parted, to where both end. */
  #follow(start: Pair): void {
    const open = [start];
    for (let pair = open.pop(); pair && this.#seen.size < maxPairs; pair = open.pop()) {
      const [first, second] = pair.places;
      for (const [word, next] of this.#after([first, second])) {
        const said = { word, before: pair.said };
        for (const one of this.#ways(next[0]))
          for (const other of this.#ways(next[1])) {
            const places: Pair['places'] = [one, other];
            const key = keyOf(places);
            if (this.#seen.has(key)) continue;
            this.#seen.add(key);
            this.#compare({ places, from: pair.from, said });
            open.push({ places, from: pair.from, said });
          }
      }
    }
  }

  /** Returns the place itself and those that are reached from it without a word, by leaving and entering slots. */
  #ways(place: Place): Place[] {
    const outside = place.slot ? this.#left(place) : place;
    if (!outside) return [place];
    const ways = place.slot ? [place, outside] : [place];
    for (const { number, binding, target } of this.#grammar.callsAt(outside.node)) {
      // What two commands accept with a delay they also accept without it.
      if (['text', 'delay'].includes(binding.slot.type) || this.#grammar.main.tail[target]) continue;
      ways.push({
        node: target,
        slot: { binding: number, node: binding.automaton.start, words: 0 },
        rank: outside.rank,
      });
    }
    return ways;
  }

  /** Returns the place after the slot; undefined if the slot cannot end here. */
  #left({ node, slot, rank }: Place): Place | undefined {
    const { automaton, slot: kind } = this.#grammar.bindings[slot!.binding]!;
    return automaton.accepts[slot!.node]
      ? { node, slot: undefined, rank: withSlot(rank, kind, slot!.words) }
      : undefined;
  }

  /** Returns the pairs of places after each word that both places can take. */
  #after([first, second]: Pair['places']): [word: number, places: Pair['places']][] {
    const [one, other] = [first, second].map((place) => this.#arcsOf(place)) as [Arcs, Arcs];
    const pairs: [number, Pair['places']][] = [];
    for (let i = one.from, j = other.from; i < one.to && j < other.to;) {
      const [a, b] = [one.automaton.arcSymbol[i]!, other.automaton.arcSymbol[j]!];
      if (a >= kindFactor || b >= kindFactor) break;
      if (a === b)
        pairs.push([a, [moved(first, one.automaton.arcTarget[i]!), moved(second, other.automaton.arcTarget[j]!)]]);
      if (a <= b) i++;
      if (b <= a) j++;
    }
    return pairs;
  }

  #arcsOf({ node, slot }: Place): Arcs {
    const automaton = slot ? this.#grammar.bindings[slot.binding]!.automaton : this.#grammar.main;
    const at = slot?.node ?? node;
    return { automaton, from: automaton.arcStart[at]!, to: automaton.arcStart[at + 1]! };
  }

  #compare({ places: [first, second], from, said }: Pair): void {
    if (first.slot || second.slot) return;
    const { main, phrases } = this.#grammar;
    for (const one of main.accepts[first.node] ?? []) {
      for (const other of main.accepts[second.node] ?? []) {
        const [a, b] = [phrases[one]!, phrases[other]!];
        const key = [a.command.name, b.command.name].sort().join('\0');
        if (one === other || this.#told.has(key) || !this.#isClash(a, b)) continue;
        const priorities = [a.command.priority ?? 0, b.command.priority ?? 0] as const;
        if (compareRanks(first.rank, second.rank, priorities) !== 0) continue;
        this.#told.add(key);
        this.#found.push({ from, words: this.#wordsOf(said), first: a, second: b });
      }
    }
  }

  #wordsOf(said: Pair['said']): string {
    const words: string[] = [];
    for (let chain = said; chain; chain = chain.before) words.unshift(this.#grammar.lexicon.written(chain.word)[0]!);
    return words.join(' ');
  }
}

interface Arcs {
  automaton: Automaton;
  from: number;
  to: number;
}

function moved(place: Place, target: number): Place {
  return place.slot
    ? { ...place, slot: { ...place.slot, node: target, words: place.slot.words + 1 } }
    : { ...place, node: target };
}

/** Names two places and how their ranks compare, on which alone the rest depends. */
function keyOf([first, second]: Pair['places']): string {
  const [one, other] = [first.rank, second.rank];
  const difference = [
    one.slots - other.slots,
    Math.round((one.kinds - other.kinds) * 100),
    one.valueWords + (first.slot?.words ?? 0) - other.valueWords - (second.slot?.words ?? 0),
  ];
  return [first, second]
    .map(({ node, slot }) => (slot ? `${node},${slot.binding},${slot.node}` : String(node)))
    .concat(difference.map(String))
    .join(' ');
}
