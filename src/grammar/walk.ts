import { anySymbol, canGoOn, findArc, kindFactor } from './automaton.ts';
import type { GrammarParts } from './parts.ts';
import { CommandWords } from './command-words.ts';
import { takesAll } from './greedy.ts';
import {
  compareParses,
  filledOf,
  isDelayed,
  isFreeTextTo,
  type Capture,
  type Frontier,
  type OpenSlot,
  type Parse,
  type Path,
  type Walk,
} from './parse.ts';
import { compareRanks, noSlots, withSlot } from './rank.ts';
import { delayNames } from './slots/delay-names.ts';
import { reachThrough, wordTargets, type Reach } from './reach.ts';

/** How many paths are kept for each place in the automaton. */
const maxReadings = 4;

/** Follows the words to where they end. */
export function walkFrontier(grammar: GrammarParts, words: readonly string[]): Frontier {
  const walk = new ExactWalk(grammar, words);
  walk.run();
  return walk.frontier;
}

/** Returns how many words can be followed at most: with these and any other words behind them, nothing is a command. */
export function followedWords(grammar: GrammarParts, words: readonly string[]): number {
  const walk = new ExactWalk(grammar, words);
  walk.run();
  return walk.furthest;
}

/**
 * Parses the words from places of the main automaton on, the most specific parse first. Without any words, the parses
 * are those that end at these places.
 */
export function walkFrom(
  grammar: GrammarParts,
  words: readonly string[],
  places: ReadonlyMap<number, readonly Path[]>,
): readonly Parse[] {
  return new ExactWalk(grammar, words).run(places).parses;
}

/**
 * Follows the words through the automaton. The time grows with words × reachable nodes, never with the number of
 * commands.
 */
export function walkExact(grammar: GrammarParts, words: readonly string[]): Walk {
  if (words.length === 0) return { parses: [], completeness: 'none', isGreedy: false, isInDelay: false };
  return new ExactWalk(grammar, words).run();
}

class ExactWalk {
  readonly #grammar: GrammarParts;
  readonly #words: readonly string[];
  readonly #ids: number[];
  readonly #reached: Map<number, Path[]>[];
  readonly #reach = new Map<string, Reach>();
  readonly #values = new Map<string, unknown>();
  readonly #open: OpenSlot[] = [];
  /** What begins with free text, by where that ends. */
  readonly #leading: { end: number; at: number; target: number; paths: readonly Path[] }[] = [];

  constructor(grammar: GrammarParts, words: readonly string[]) {
    this.#grammar = grammar;
    this.#words = words;
    this.#ids = words.map((word) => grammar.lexicon.find(word));
    this.#reached = Array.from({ length: words.length + 1 }, () => new Map<number, Path[]>());
  }

  run(
    places: ReadonlyMap<number, readonly Path[]> = new Map([
      [this.#grammar.main.start, [{ rank: noSlots, captures: undefined }]],
    ]),
  ): Walk {
    const { main } = this.#grammar;
    const { length } = this.#words;
    for (const [node, paths] of places) this.#add(0, node, paths);
    for (let at = 0; at <= length; at++) {
      this.#addLeading(at);
      if (at === length) break;
      for (const [node, paths] of this.#reached[at]!) {
        for (const target of wordTargets(main, node, this.#ids[at]!)) this.#add(at + 1, target, paths);
        this.#enterSlots(node, at, paths);
      }
    }
    const parses = this.#parses();
    const isGreedy = parses.every((parse) => parse.isGreedy) && !this.#goesOn(0);
    const goesOn = this.#goesOn(isGreedy ? 1 : 0);
    return {
      parses,
      completeness: parses.length > 0 ? (goesOn ? 'extendable' : 'closed') : goesOn ? 'incomplete' : 'none',
      isGreedy: isGreedy && (goesOn || parses.length > 0),
      isInDelay: this.#open.some(({ binding }) => this.#grammar.bindings[binding]!.name === delayNames.last),
    };
  }

  /**
   * Whether the words can go on in phrases that begin with free text (1), or in the others (0). What is only free text
   * so far begins anything, so it says nothing.
   */
  #goesOn(greedy: 0 | 1): boolean {
    const { main } = this.#grammar;
    const { length } = this.#words;
    return (
      this.#open.some((slot) => main.greedy[slot.target] === greedy && this.#says(slot)) ||
      [...this.#reached[length]!.keys()].some(
        (node) => main.greedy[node] === greedy && !this.#isLeadingEnd(node) && canGoOn(main, node),
      )
    );
  }

  #says({ isLeading, target }: OpenSlot): boolean {
    return !isLeading || takesAll(this.#grammar.main, target);
  }

  /** Whether only free text, with which a phrase begins, has been said up to a node. */
  #isLeadingEnd(node: number): boolean {
    return this.#leading.some(({ end, target }) => end === this.#words.length && target === node);
  }

  /** Adds the places after free text that ends here and with which a phrase begins. */
  #addLeading(end: number): void {
    for (const { target, at, paths, end: here } of this.#leading)
      if (here === end && (takesAll(this.#grammar.main, target) || this.#mayLead(at, end)))
        this.#add(end, target, paths);
  }

  /** Whether words may be free text with which a phrase begins: not if they begin like a command and are none. */
  #mayLead(at: number, end: number): boolean {
    const { main, heads, language } = this.#grammar;
    if (!CommandWords.of(language).beginsCommand(this.#words[at]!, heads.has(this.#ids[at]!))) return true;
    return [...this.#reached[end]!.keys()].some((node) => !main.greedy[node] && main.accepts[node]);
  }

  get furthest(): number {
    const ends = [...this.#reach.values()].flatMap(({ furthest, ends }) => [furthest, ...ends]);
    return Math.max(
      this.#reached.findLastIndex((places) => places.size > 0),
      ...ends,
    );
  }

  get frontier(): Frontier {
    const { main } = this.#grammar;
    const greedy = this.#goesOn(0) ? 0 : 1;
    const nodes = [...this.#reached[this.#words.length]!].filter(
      ([node]) => main.greedy[node] === greedy && !this.#isLeadingEnd(node),
    );
    return {
      nodes: new Map(nodes),
      open: this.#open.filter((slot) => main.greedy[slot.target] === greedy && !slot.isLeading),
    };
  }

  #enterSlots(node: number, at: number, all: Path[]): void {
    const { main, bindings } = this.#grammar;
    for (
      let arc = findArc(main, node, kindFactor);
      arc < main.arcStart[node + 1]! && main.arcSymbol[arc]! < anySymbol;
      arc++
    ) {
      const number = main.arcSymbol[arc]! - kindFactor;
      const binding = bindings[number]!;
      const { ends, goesOn } = this.#reachOf(number, at);
      const isDelay = binding.slot.type === 'delay';
      // Nothing is delayed twice.
      const paths = isDelay ? all.filter(({ captures }) => !isDelayed(captures)) : all;
      if (paths.length === 0) continue;
      if (binding.name === '') {
        // At the end of free text, even "now" is a part of it.
        const others = paths.filter(({ captures }) => !isFreeTextTo(captures, at));
        if (others.length > 0) for (const end of ends) this.#add(end, main.arcTarget[arc]!, others);
        continue;
      }
      const isLeading = main.greedy[main.arcTarget[arc]!]! > main.greedy[node]!;
      if (goesOn) this.#open.push({ binding: number, target: main.arcTarget[arc]!, paths, isLeading });
      for (const end of ends) {
        const value = this.#value(number, at, end);
        if (value === undefined) continue;
        const capture: Capture = { name: binding.name, words: this.#words.slice(at, end), value };
        const target = main.arcTarget[arc]!;
        const filled = paths.map((path) => ({
          rank: withSlot(path.rank, binding.slot, end - at),
          captures: { capture, slot: binding.slot, to: end, before: path.captures },
        }));
        if (isLeading) this.#leading.push({ end, at, target, paths: filled });
        else this.#add(end, target, filled);
      }
    }
  }

  #add(at: number, node: number, paths: readonly Path[]): void {
    const known = this.#reached[at]!.get(node);
    if (!known) this.#reached[at]!.set(node, [...paths]);
    else
      this.#reached[at]!.set(
        node,
        [...known, ...paths].sort((a, b) => compareRanks(a.rank, b.rank)).slice(0, maxReadings),
      );
  }

  #reachOf(binding: number, at: number): Reach {
    const { automaton, slot } = this.#grammar.bindings[binding]!;
    const key = `${slot.key} ${at}`;
    let reach = this.#reach.get(key);
    if (!reach) {
      reach = reachThrough(automaton, this.#ids, at);
      const more = slot.ends?.(this.#words, at, this.#grammar.language) ?? [];
      reach.ends.push(...more.filter((end) => !reach!.ends.includes(end)));
      this.#reach.set(key, reach);
    }
    return reach;
  }

  #value(binding: number, at: number, end: number): unknown {
    const { slot } = this.#grammar.bindings[binding]!;
    const key = `${slot.key} ${at} ${end}`;
    if (!this.#values.has(key)) this.#values.set(key, slot.parse(this.#words.slice(at, end), this.#grammar.language));
    return this.#values.get(key);
  }

  #parses(): Parse[] {
    const { main, phrases } = this.#grammar;
    const found: Parse[] = [];
    for (const [node, paths] of this.#reached[this.#words.length]!) {
      for (const accept of main.accepts[node] ?? []) {
        for (const path of paths) {
          const phrase = phrases[accept]!;
          const isGreedy = main.greedy[node] === 1;
          found.push({ ...phrase, rank: path.rank, words: this.#words, isGreedy, ...filledOf(phrase, path) });
        }
      }
    }
    return found.sort(compareParses);
  }
}
