import type { Automaton } from './automaton.ts';
import type { Lexicon } from './lexicon.ts';
import { minimize } from './minimize.ts';
import type { Pattern } from './pattern.ts';

/** Builds the automaton of many phrases. */
export function phraseTree({ phrases, areAlike }: Extract<Pattern, { kind: 'phrases' }>, lexicon: Lexicon): Automaton {
  const tree = wordTree(phrases, lexicon);
  // Numbers become small in this way: what follows "two hundred" is what follows "three hundred".
  return areAlike ? minimize(tree) : tree;
}

/**
 * Builds a tree of words that accepts 0 at the end of each phrase. The result is what `determinize` would make, but is
 * built directly, so that lists of 100,000 phrases stay cheap.
 */
function wordTree(phrases: Iterable<readonly string[]>, lexicon: Lexicon): Automaton {
  const sorted = [...internAll(phrases, lexicon)].sort(compareWords);
  const arcStart: number[] = [0];
  const arcSymbol: number[] = [];
  const arcTarget: number[] = [];
  const accepts: (readonly number[] | undefined)[] = [];
  // A node is the run of phrases that share its words: from, to (exclusive), and how many words they share.
  const runs: [from: number, to: number, depth: number][] = [[0, sorted.length, 0]];
  for (const [from, to, depth] of runs) {
    let at = from;
    while (at < to && sorted[at]!.length === depth) at++;
    accepts.push(at > from ? ending : undefined);
    while (at < to) {
      const word = sorted[at]![depth]!;
      const first = at;
      while (at < to && sorted[at]![depth] === word) at++;
      arcSymbol.push(word);
      arcTarget.push(runs.push([first, at, depth + 1]) - 1);
    }
    arcStart.push(arcSymbol.length);
  }
  return {
    nodes: runs.length,
    start: 0,
    accepts,
    tail: new Uint8Array(runs.length),
    greedy: new Uint8Array(runs.length),
    arcStart: Uint32Array.from(arcStart),
    arcSymbol: Float64Array.from(arcSymbol),
    arcTarget: Uint32Array.from(arcTarget),
  };
}

const ending: readonly number[] = [0];

function* internAll(phrases: Iterable<readonly string[]>, lexicon: Lexicon): Generator<readonly number[]> {
  for (const words of phrases) if (words.length > 0) yield words.map((word) => lexicon.intern(word));
}

/** Compares by the numbers of the words; a beginning comes before what it begins. */
function compareWords(first: readonly number[], second: readonly number[]): number {
  const shorter = Math.min(first.length, second.length);
  for (let i = 0; i < shorter; i++) if (first[i] !== second[i]) return first[i]! - second[i]!;
  return first.length - second.length;
}
