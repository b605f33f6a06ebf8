import { NumberReader, type Grammar, type Steps } from '../grammar/index.ts';
import { wordDistance } from './distance.ts';
import { costs, WordKinds } from './near-costs.ts';
import { NearRun, type NearMatch, type Work } from './near-run.ts';
import type { SimilarWords } from './similar-words.ts';

/** How many words are looked at; a longer sentence is not a command that was slightly misheard. */
const maxWords = 40;

/**
 * Finds the phrases nearest to the words, by a beam search over the automaton with replaced, extra and missing words.
 */
export class NearSearch {
  readonly #grammar: Grammar;
  readonly #kinds: WordKinds;
  readonly #similar: SimilarWords;

  constructor(grammar: Grammar, similar: SimilarWords) {
    this.#grammar = grammar;
    this.#kinds = new WordKinds(grammar);
    this.#similar = similar;
  }

  /** Makes the tables that searches need, in steps; what is missing is made by the first search. */
  *prepare(): Steps<void> {
    NumberReader.of(this.#grammar.language);
    yield;
    yield* this.#similar.prepare();
  }

  /**
   * Returns near phrases with a score of at least `least`, best first, one for each command and its arguments.
   * @param options `isGreedy`: whether the phrases that begin with free text are searched, or all others. The former
   * must have all their words, since free text takes whatever stands in place of the missing ones. `work`: how much may
   * still be looked at; what this search has looked at is taken off
   */
  find(words: readonly string[], least: number, { isGreedy, work }: { isGreedy: boolean; work: Work }): NearMatch[] {
    if (words.length === 0 || words.length > maxWords) return [];
    return new NearRun(this.#grammar, { kinds: this.#kinds, similar: this.#similar, least, isGreedy, work }).find(
      words,
    );
  }

  /** The cost of turning one list of words into another, with the same prices as in a phrase. */
  distance(heard: readonly string[], other: readonly string[]): number {
    let last = [0];
    for (const word of other) last.push(last.at(-1)! + this.#finite(this.#kinds.missing(word)));
    for (const word of heard) {
      const extra = this.#finite(this.#kinds.extra(word));
      const row = [last[0]! + extra];
      other.forEach((target, i) => {
        const isFixed = !this.#kinds.canBeMisheard(word) || !this.#kinds.canBeMisheard(target);
        const price = isFixed ? Infinity : costs.substitution * wordDistance(word, target);
        const same = word === target ? 0 : this.#finite(price);
        row.push(Math.min(last[i]! + same, last[i + 1]! + extra, row[i]! + this.#finite(this.#kinds.missing(target))));
      });
      last = row;
    }
    return last.at(-1)!;
  }

  #finite(cost: number): number {
    return Math.min(cost, 3);
  }
}
