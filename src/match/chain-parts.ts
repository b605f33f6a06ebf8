import { number, type Grammar } from '../grammar/index.ts';
import type { CommandMatch } from '../types.ts';
import type { MatchResult } from './result.ts';

/** A part of the phrase that is exactly a command, and its words. */
export type Known = MatchResult & { match: CommandMatch; said: string };
/** Understands words as one command. */
export type MatchAlone = (part: readonly string[]) => MatchResult;

/** Numbers that contain an "and". */
const numbers = number({ max: 999 });

/** The position of a link, and of the word after it. */
export interface Link {
  at: number;
  next: number;
}

/** Finds the commands between links. Results are kept, so that long talk with many links stays cheap. */
export class ChainParts {
  readonly links: readonly Link[];
  readonly #words: readonly string[];
  readonly #grammar: Grammar;
  readonly #match: MatchAlone;
  readonly #alone = new Map<string, Known | undefined>();
  readonly #chains = new Map<number, ReadonlyMap<number, [Known, ...Known[]]>>();

  constructor(words: readonly string[], grammar: Grammar, match: MatchAlone) {
    this.#words = words;
    this.#grammar = grammar;
    this.#match = match;
    this.links = linksIn(
      words,
      grammar.language.links.map((link) => grammar.tokenize(link)),
    );
  }

  /**
   * Returns the commands that the words between two positions are: as few as possible, so that a slot keeps its "and".
   */
  between(from: number, to: number): [Known, ...Known[]] | undefined {
    return this.#chainsFrom(from).get(to);
  }

  /** Returns where the words after a link at this position begin. */
  after(at: number): number[] {
    return this.links.filter((link) => link.at === at).map(({ next }) => next);
  }

  /** Returns every position where another command should begin, after commands that begin at `from`. */
  startsFrom(from: number): number[] {
    const chains = this.#chainsFrom(from);
    return this.links
      .filter(({ at }) => chains.has(at))
      .map(({ next }) => next)
      .sort((a, b) => a - b);
  }

  /** Whether a link is the "and" of a number such as "one hundred and fifty". */
  isInNumber({ at, next }: Link): boolean {
    return numbers.parse(this.#words.slice(at - 1, next + 1), this.#grammar.language) !== undefined;
  }

  /** Returns the chains of commands from a position on, by where they end. */
  #chainsFrom(from: number): ReadonlyMap<number, [Known, ...Known[]]> {
    const known = this.#chains.get(from);
    if (known) return known;
    const chains = new Map<number, [Known, ...Known[]]>();
    const before = new Map<number, readonly Known[]>([[from, []]]);
    const places = [
      from,
      ...this.links
        .map(({ next }) => next)
        .filter((next) => next > from)
        .sort((a, b) => a - b),
    ];
    for (const place of new Set(places)) {
      const said = before.get(place);
      if (!said) continue;
      for (const end of [...new Set(this.links.map(({ at }) => at)), this.#words.length]) {
        const part = end > place && !chains.has(end) ? this.#aloneBetween(place, end) : undefined;
        if (!part) continue;
        const [first = part, ...others] = [...said, part];
        const chain: [Known, ...Known[]] = [first, ...others];
        chains.set(end, chain);
        for (const next of this.after(end)) if (!before.has(next)) before.set(next, chain);
      }
    }
    this.#chains.set(from, chains);
    return chains;
  }

  #aloneBetween(from: number, to: number): Known | undefined {
    const key = `${from} ${to}`;
    if (!this.#alone.has(key)) this.#alone.set(key, this.#readAlone(this.#words.slice(from, to)));
    return this.#alone.get(key);
  }

  /** Asks the grammar first, because finding out whether words are near to a command takes far longer. */
  #readAlone(part: readonly string[]): Known | undefined {
    if (this.#grammar.walk(part).parses.length === 0) return undefined;
    const result = this.#match(part);
    return result.match?.via === 'exact' ? { ...result, match: result.match, said: part.join(' ') } : undefined;
  }
}

/** Finds every link inside the words. At an "and then" there are two: "and then", and "and" before the word "then". */
function linksIn(words: readonly string[], links: readonly (readonly string[])[]): Link[] {
  const longestFirst = [...links].sort((a, b) => b.length - a.length);
  return words.flatMap((_, at) =>
    at === 0
      ? []
      : longestFirst
          .filter((link) => link.every((word, i) => words[at + i] === word))
          .map((link) => ({ at, next: at + link.length })),
  );
}
