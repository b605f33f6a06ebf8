import { anySymbol, canGoOn, findArc, kindFactor } from './automaton.ts';
import type { GrammarCommand } from './command-shape.ts';
import type { GrammarParts } from './parts.ts';
import { reachThrough, wordTargets, type Reach } from './reach.ts';

/** What one slot was filled with. */
export interface Capture {
  readonly name: string;
  readonly words: readonly string[];
  readonly value: unknown;
}

/** One way to understand the words as a command. */
export interface Parse {
  readonly command: GrammarCommand;
  readonly template: string;
  readonly args: Record<string, unknown>;
  readonly captures: readonly Capture[];
  /** How little the words say about this command. The least vague parse is the one that counts. */
  readonly vagueness: number;
}

/**
 * closed: nothing can extend the words; extendable: a command that may go on; incomplete: the beginning of a command;
 * none: neither.
 */
export type Completeness = 'closed' | 'extendable' | 'incomplete' | 'none';

/** The ways to understand some words, the least vague first. */
export interface Walk {
  readonly parses: readonly Parse[];
  readonly completeness: Completeness;
}

/** How many paths are kept for each place in the automaton. */
const maxReadings = 4;

/** One way to a place in the automaton. */
export interface Path {
  vagueness: number;
  captures: Chain | undefined;
}

interface Chain {
  capture: Capture;
  before: Chain | undefined;
}

/** Where words lead that are not a command yet. */
export interface Frontier {
  /** The nodes of the main automaton that the words lead to. */
  nodes: ReadonlyMap<number, readonly Path[]>;
  /** The slots that the last words begin but do not fill: the slot, and the node after it. */
  open: readonly { binding: number; target: number; paths: readonly Path[] }[];
}

/** Follows the words to where they end. */
export function walkFrontier(grammar: GrammarParts, words: readonly string[]): Frontier {
  const walk = new ExactWalk(grammar, words);
  walk.run();
  return walk.frontier;
}

/**
 * Parses the words from places of the main automaton on, the least vague parse first. Without any words, the parses are
 * those that end at these places.
 */
export function walkFrom(
  grammar: GrammarParts,
  words: readonly string[],
  places: ReadonlyMap<number, readonly Path[]>,
): readonly Parse[] {
  return new ExactWalk(grammar, words).run(places).parses;
}

/** Returns the captures of a path in the order of speaking. */
export function capturesOf(path: Path): Capture[] {
  const captures: Capture[] = [];
  for (let chain = path.captures; chain; chain = chain.before) captures.unshift(chain.capture);
  return captures;
}

/**
 * Follows the words through the automaton. The time grows with words × reachable nodes, never with the number of
 * commands.
 */
export function walkExact(grammar: GrammarParts, words: readonly string[]): Walk {
  if (words.length === 0) return { parses: [], completeness: 'none' };
  return new ExactWalk(grammar, words).run();
}

class ExactWalk {
  readonly #grammar: GrammarParts;
  readonly #words: readonly string[];
  readonly #ids: number[];
  readonly #reached: Map<number, Path[]>[];
  readonly #reach = new Map<string, Reach>();
  readonly #values = new Map<string, unknown>();
  readonly #open: { binding: number; target: number; paths: readonly Path[] }[] = [];

  constructor(grammar: GrammarParts, words: readonly string[]) {
    this.#grammar = grammar;
    this.#words = words;
    this.#ids = words.map((word) => grammar.lexicon.find(word));
    this.#reached = Array.from({ length: words.length + 1 }, () => new Map<number, Path[]>());
  }

  run(
    places: ReadonlyMap<number, readonly Path[]> = new Map([
      [this.#grammar.main.start, [{ vagueness: 0, captures: undefined }]],
    ]),
  ): Walk {
    const { main } = this.#grammar;
    const { length } = this.#words;
    for (const [node, paths] of places) this.#add(0, node, paths);
    for (let at = 0; at < length; at++) {
      for (const [node, paths] of this.#reached[at]!) {
        for (const target of wordTargets(main, node, this.#ids[at]!)) this.#add(at + 1, target, paths);
        this.#enterSlots(node, at, paths);
      }
    }
    const parses = this.#parses();
    const goesOn = this.#open.length > 0 || [...this.#reached[length]!.keys()].some((node) => canGoOn(main, node));
    return {
      parses,
      completeness: parses.length > 0 ? (goesOn ? 'extendable' : 'closed') : goesOn ? 'incomplete' : 'none',
    };
  }

  get frontier(): Frontier {
    return { nodes: this.#reached[this.#words.length]!, open: this.#open };
  }

  #enterSlots(node: number, at: number, paths: Path[]): void {
    const { main, bindings } = this.#grammar;
    for (
      let arc = findArc(main, node, kindFactor);
      arc < main.arcStart[node + 1]! && main.arcSymbol[arc]! < anySymbol;
      arc++
    ) {
      const number = main.arcSymbol[arc]! - kindFactor;
      const binding = bindings[number]!;
      const { ends, goesOn } = this.#reachOf(number, at);
      if (binding.name === '') {
        for (const end of ends) this.#add(end, main.arcTarget[arc]!, paths);
        continue;
      }
      if (goesOn) this.#open.push({ binding: number, target: main.arcTarget[arc]!, paths });
      for (const end of ends) {
        const value = this.#value(number, at, end);
        if (value === undefined) continue;
        const capture: Capture = { name: binding.name, words: this.#words.slice(at, end), value };
        const cost = binding.slot.vagueness * (end - at) + 0.01;
        this.#add(
          end,
          main.arcTarget[arc]!,
          paths.map((path) => ({ vagueness: path.vagueness + cost, captures: { capture, before: path.captures } })),
        );
      }
    }
  }

  #add(at: number, node: number, paths: readonly Path[]): void {
    const known = this.#reached[at]!.get(node);
    if (!known) this.#reached[at]!.set(node, [...paths]);
    else
      this.#reached[at]!.set(
        node,
        [...known, ...paths].sort((a, b) => a.vagueness - b.vagueness).slice(0, maxReadings),
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
          const captures = capturesOf(path);
          const { command, template } = phrases[accept]!;
          found.push({
            command,
            template,
            captures,
            vagueness: path.vagueness,
            args: Object.fromEntries(captures.map(({ name, value }) => [name, value])),
          });
        }
      }
    }
    return found.sort((a, b) => a.vagueness - b.vagueness);
  }
}
