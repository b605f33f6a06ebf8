import type { Grammar } from '../grammar/index.ts';
import type { CommandMatch } from '../types.ts';
import { beginningReason, type MatchResult, type UnknownPart } from './result.ts';

/** Commands in one breath; more is a speech, not an order. */
const maxCommands = 4;

/** A part that is a command exactly. */
type Known = MatchResult & { match: CommandMatch };
type MatchAlone = (part: readonly string[]) => MatchResult;

/**
 * Understands "turn on the lights and close the blinds": every part between two links must be a command exactly. Undefined
 * when no part is one; without a match when the words are the beginning of a chain, or when a part of them is no command: then
 * nothing runs, and the result says which.
 * @param match understands words as one command
 */
export function matchChain(words: readonly string[], grammar: Grammar, match: MatchAlone): MatchResult | undefined {
  const parts = new Parts(words, grammar, match);
  const all = parts.between(0, words.length);
  if (all) return joined(all);
  // Nobody breaks off before "and": what is whole in front of it may be followed by a command that is not whole yet.
  const starts = parts.startsFrom(0);
  if (starts.some((start) => isBeginning(words.slice(start), match))) {
    return { candidates: [], completeness: 'incomplete', reason: beginningReason };
  }
  const start = starts.at(-1) ?? 0;
  const before = parts.links.find(({ at }) => parts.between(0, at) && parts.after(at).includes(start));
  const end = parts.links.find(({ at, next }) => at > start && parts.between(next, words.length));
  if (!before && !end) return undefined;
  const known = [...(before ? parts.between(0, before.at)! : []), ...(end ? parts.between(end.next, words.length)! : [])];
  const where = before && end ? 'inside' : before ? 'after' : 'before';
  return withStranger({ known, stranger: words.slice(start, end?.at), where }, { whole: match(words), grammar, match });
}

function joined([first, ...others]: readonly [Known, ...Known[]]): MatchResult {
  const last = others.at(-1) ?? first;
  if (others.length < maxCommands) return { ...first, also: others.map(({ match }) => match), completeness: last.completeness };
  const reason = `These are ${others.length + 1} commands; up to ${maxCommands} may be given in one breath.`;
  return { candidates: [], completeness: last.completeness, reason };
}

function isBeginning(rest: readonly string[], match: MatchAlone): boolean {
  if (rest.length === 0) return true;
  const result = match(rest);
  return !result.match && result.completeness === 'incomplete';
}

/** Words that are commands but for one part. The whole may still be meant as one command; not where that would pass over the part. */
function withStranger(
  { known, stranger, where }: { known: readonly Known[]; stranger: readonly string[]; where: UnknownPart['where'] },
  { whole, grammar, match }: { whole: MatchResult; grammar: Grammar; match: MatchAlone },
): MatchResult {
  const saysMore = stranger.some((word) => !grammar.language.weak.includes(word));
  const passesOver = saysMore && known.some((part) => isSame(part.match, whole.match));
  if (whole.completeness === 'incomplete' || (whole.match && !passesOver)) return whole;
  const result = match(stranger);
  const names = known.map((part) => `“${part.match.phrase}”`).join(' and ');
  const said = `“${stranger.join(' ')}”`;
  const { match: near, candidates } = result;
  if (!near && result.completeness !== 'incomplete') {
    const reason = `I know ${names}, and not ${said}. Nothing was done.`;
    return { candidates, completeness: 'none', unknown: { where, words: stranger.join(' ') }, reason };
  }
  const nearest = near ? [{ command: near.command, phrase: near.phrase, score: near.score, reason: 'its words are near' }] : [];
  const reason = `I know ${names}, and I am not sure of ${said}. Nothing was done.`;
  return { candidates: [...nearest, ...candidates], completeness: 'none', reason };
}

function isSame(one: CommandMatch, other: CommandMatch | undefined): boolean {
  return one.command === other?.command && JSON.stringify(one.args) === JSON.stringify(other.args);
}

/** Where a link stands, and the word behind it. */
interface Link {
  at: number;
  next: number;
}

/** The commands between links. What was looked at is kept, so that long talk with many links stays cheap. */
class Parts {
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
    this.links = linksIn(words, grammar.language.links.map((link) => grammar.tokenize(link)));
  }

  /** The commands that the words from one place to another are; as few as may be, so that a slot keeps its "and". */
  between(from: number, to: number): [Known, ...Known[]] | undefined {
    return this.#chainsFrom(from).get(to);
  }

  /** Where the words behind a link at a place begin. */
  after(at: number): number[] {
    return this.links.filter((link) => link.at === at).map(({ next }) => next);
  }

  /** Every place where another command should begin, after commands that begin at `from`. */
  startsFrom(from: number): number[] {
    const chains = this.#chainsFrom(from);
    return this.links.filter(({ at }) => chains.has(at)).map(({ next }) => next).sort((a, b) => a - b);
  }

  /** By where they end. */
  #chainsFrom(from: number): ReadonlyMap<number, [Known, ...Known[]]> {
    const known = this.#chains.get(from);
    if (known) return known;
    const chains = new Map<number, [Known, ...Known[]]>();
    const before = new Map<number, readonly Known[]>([[from, []]]);
    const places = [from, ...this.links.map(({ next }) => next).filter((next) => next > from).sort((a, b) => a - b)];
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

  /** Asked of the grammar first: whether words are near to a command takes far longer to find out. */
  #readAlone(part: readonly string[]): Known | undefined {
    if (this.#grammar.walk(part).parses.length === 0) return undefined;
    const result = this.#match(part);
    return result.match?.via === 'exact' ? { ...result, match: result.match } : undefined;
  }
}

/** Links inside the words, each in its place; "and then" also is "and" before a word. */
function linksIn(words: readonly string[], links: readonly (readonly string[])[]): Link[] {
  const longestFirst = [...links].sort((a, b) => b.length - a.length);
  return words.flatMap((_, at) => (at === 0 ? [] : longestFirst
    .filter((link) => link.every((word, i) => words[at + i] === word)).map((link) => ({ at, next: at + link.length }))));
}
