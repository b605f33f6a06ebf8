import type { Automaton } from './automaton.ts';
import type { Lexicon } from './lexicon.ts';
import type { Pattern } from './pattern.ts';

/** Builds the automaton of many phrases. */
export function phraseTree({ phrases, areAlike }: Extract<Pattern, { kind: 'phrases' }>, lexicon: Lexicon): Automaton {
  const tree = wordTree(phrases, lexicon);
  return areAlike ? mergeEnds(tree) : tree;
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
    arcStart: Uint32Array.from(arcStart),
    arcSymbol: Float64Array.from(arcSymbol),
    arcTarget: Uint32Array.from(arcTarget),
  };
}

const ending: readonly number[] = [0];

/**
 * Makes one node of all from which the same words follow. Numbers become small in this way: what follows "two hundred"
 * is what follows "three hundred".
 */
function mergeEnds(tree: Automaton): Automaton {
  // The nodes of a tree come after the nodes that lead to them.
  const merged = new Uint32Array(tree.nodes);
  const known = new Map<string, number>();
  const kept: number[] = [];
  for (let node = tree.nodes - 1; node >= 0; node--) {
    const [from, to] = [tree.arcStart[node]!, tree.arcStart[node + 1]!];
    let key = tree.accepts[node] ? 'e' : '';
    for (let arc = from; arc < to; arc++) key += ` ${tree.arcSymbol[arc]!}>${merged[tree.arcTarget[arc]!]!}`;
    let number = known.get(key);
    if (number === undefined) known.set(key, (number = kept.push(node) - 1));
    merged[node] = number;
  }
  const arcStart: number[] = [0];
  const arcs = kept.flatMap((node) => {
    const all = Array.from(
      { length: tree.arcStart[node + 1]! - tree.arcStart[node]! },
      (_, i) => tree.arcStart[node]! + i,
    );
    arcStart.push(arcStart.at(-1)! + all.length);
    return all;
  });
  return {
    nodes: kept.length,
    start: merged[tree.start]!,
    accepts: kept.map((node) => tree.accepts[node]),
    tail: new Uint8Array(kept.length),
    arcStart: Uint32Array.from(arcStart),
    arcSymbol: Float64Array.from(arcs, (arc) => tree.arcSymbol[arc]!),
    arcTarget: Uint32Array.from(arcs, (arc) => merged[tree.arcTarget[arc]!]!),
  };
}

function* internAll(phrases: Iterable<readonly string[]>, lexicon: Lexicon): Generator<readonly number[]> {
  for (const words of phrases) if (words.length > 0) yield words.map((word) => lexicon.intern(word));
}

/** Compares by the numbers of the words; a beginning comes before what it begins. */
function compareWords(first: readonly number[], second: readonly number[]): number {
  const shorter = Math.min(first.length, second.length);
  for (let i = 0; i < shorter; i++) if (first[i] !== second[i]) return first[i]! - second[i]!;
  return first.length - second.length;
}
