import type { Capture, Grammar, PhraseRef } from '../grammar/index.ts';
import { wordDistance } from './distance.ts';
import { costs, WordKinds } from './near-costs.ts';
import { keep, listOf, said, type OpenSlot, type State } from './near-state.ts';
import { maxValueDistance, type SimilarWords } from './similar-words.ts';

/** A phrase that the words are near to. */
export interface NearMatch extends PhraseRef {
  args: Record<string, unknown>;
  captures: readonly Capture[];
  /** 0–1; 1 would be an exact match. */
  score: number;
  cost: number;
  /** The words that the phrase has. */
  phrase: string;
  /** The differences, in words. */
  reason: string;
}

/** How many states are kept per heard word. */
const beamWidth = 160;
/** Words of a phrase may be missing only where few could follow; otherwise everything would be tried. */
const maxGuessedArcs = 4;
/** How many words are looked at; a longer sentence is not a command that was slightly misheard. */
const maxWords = 40;

/** One word that was heard. */
interface HeardWord {
  word: string;
  folded: string;
  isLast: boolean;
}

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

  /** Returns near phrases with a score of at least `least`, best first, one for each command and its arguments. */
  find(words: readonly string[], least: number): NearMatch[] {
    if (words.length === 0 || words.length > maxWords) return [];
    const mostCost = (1 - least) * (words.length + 1);
    let layer = this.#close(
      [
        {
          node: this.#grammar.main.start,
          slot: undefined,
          cost: 0,
          support: 0,
          unexplained: 0,
          captures: undefined,
          said: undefined,
          notes: undefined,
        },
      ],
      mostCost,
    );
    for (const [at, word] of words.entries()) {
      const heard = { word, folded: this.#grammar.fold(word), isLast: at === words.length - 1 };
      layer = this.#close(
        layer.flatMap((state) => this.#take(state, heard, mostCost)),
        mostCost,
      );
    }
    return this.#results(layer, least);
  }

  /** Returns the ways in which a state can use up one heard word. */
  #take(state: State, { word, folded, isLast }: HeardWord, mostCost: number): State[] {
    const next: State[] = [];
    const extra = this.#kinds.extra(folded) * (state.slot ? 2 : 1);
    // Whoever has finished does not end with an article or a preposition: "turn on the lights in the".
    const isUnexplained = this.#kinds.isContent(folded) || (isLast && !this.#kinds.isPolite(folded) && extra > 0);
    if (state.cost + extra <= mostCost) {
      next.push({
        ...state,
        cost: state.cost + extra,
        unexplained: state.unexplained + (state.said && isUnexplained ? 1 : 0),
        notes: extra > 0 ? { item: `extra "${word}"`, before: state.notes } : state.notes,
      });
    }
    const automaton = state.slot?.binding.automaton ?? this.#grammar.main;
    const id = this.#grammar.lexicon.find(folded);
    for (const target of this.#grammar.wordTargets(automaton, state.node, id))
      next.push(said(state, target, folded, this.#kinds.support(folded)));
    // Right after a skipped word, free text would swallow what that word was misheard as.
    const isSkipped = state.notes?.item.startsWith('missing') === true && state.slot?.words === undefined;
    if (!isSkipped)
      for (const target of this.#grammar.anyTargets(automaton, state.node)) next.push(said(state, target, word, 0));
    if (this.#kinds.isFixed(folded) || state.slot?.binding.slot.guessable === false) return next;
    const weight = state.slot ? costs.slotSubstitution : costs.substitution;
    for (const { id: other, distance } of this.#similar.near(folded)) {
      if (state.slot && distance > maxValueDistance) break;
      const expected = this.#grammar.lexicon.folded(other);
      const cost = state.cost + weight * distance;
      if (cost > mostCost || !this.#kinds.mayStandFor(expected, distance)) continue;
      for (const target of this.#grammar.wordTargets(automaton, state.node, other)) {
        next.push({
          ...said(state, target, expected, this.#kinds.support(expected)),
          cost,
          notes: { item: `heard "${word}", expected "${expected}"`, before: state.notes },
        });
      }
    }
    return next;
  }

  /**
   * Adds every step that uses up no heard word: entering and leaving slots, and missing words. Of equal places only the
   * best are kept, and of all states only the beam.
   */
  #close(states: State[], mostCost: number): State[] {
    const best = new Map<string, State[]>();
    const open = [...states];
    for (let state = open.pop(); state; state = open.pop()) {
      if (state.cost > mostCost || !keep(best, state)) continue;
      if (state.slot) open.push(...this.#leaveSlot(state, state.slot), ...this.#skipWords(state, this.#kinds.weakIds));
      else open.push(...this.#enterSlots(state), ...this.#skipWords(state, this.#skippable(state)));
    }
    return [...best.values()]
      .flat()
      .sort((a, b) => a.cost - b.cost || b.support - a.support)
      .slice(0, beamWidth);
  }

  #enterSlots(state: State): State[] {
    return this.#grammar.callsAt(state.node).map(({ number, binding, target }) => ({
      ...state,
      node: binding.automaton.start,
      slot: { number, binding, returnTo: target, words: undefined },
    }));
  }

  #leaveSlot(state: State, slot: OpenSlot): State[] {
    if (!slot.words || !slot.binding.automaton.accepts[state.node]) return [];
    const words = listOf(slot.words);
    if (slot.binding.name === '') return [{ ...state, node: slot.returnTo, slot: undefined }];
    const value = slot.binding.slot.parse(words, this.#grammar.language);
    if (value === undefined) return [];
    return [
      {
        ...state,
        node: slot.returnTo,
        slot: undefined,
        captures: { item: { name: slot.binding.name, words, value }, before: state.captures },
      },
    ];
  }

  #skippable(state: State): readonly number[] {
    const ids = this.#grammar.wordsAt(state.node, maxGuessedArcs);
    return ids ?? this.#kinds.weakIds;
  }

  #skipWords(state: State, ids: readonly number[]): State[] {
    const automaton = state.slot?.binding.automaton ?? this.#grammar.main;
    if (state.slot?.binding.slot.guessable === false) return [];
    return ids.flatMap((id) => {
      const word = this.#grammar.lexicon.folded(id);
      const cost = state.cost + this.#kinds.missing(word);
      if (cost === Infinity) return [];
      return this.#grammar.wordTargets(automaton, state.node, id).map((target) => ({
        ...said(state, target, word, 0),
        cost,
        notes: { item: `missing "${word}"`, before: state.notes },
      }));
    });
  }

  #results(layer: State[], least: number): NearMatch[] {
    const found = new Map<string, NearMatch>();
    for (const state of layer) {
      if (state.slot) continue;
      for (const accept of this.#grammar.main.accepts[state.node] ?? []) {
        const captures = listOf(state.captures);
        const args = Object.fromEntries(captures.map(({ name, value }) => [name, value]));
        const score =
          Math.max(0, 1 - state.cost / Math.max(1, state.support)) * costs.unexplainedWord ** state.unexplained;
        const phrase = this.#grammar.phrases[accept]!;
        const key = `${phrase.command.name} ${JSON.stringify(args)}`;
        if (score < least || (found.get(key)?.score ?? -1) >= score) continue;
        found.set(key, {
          ...phrase,
          args,
          captures,
          score,
          cost: state.cost,
          phrase: listOf(state.said).join(' '),
          reason: listOf(state.notes).join(', '),
        });
      }
    }
    return [...found.values()].sort((a, b) => b.score - a.score);
  }

  /** The cost of turning one list of words into another, with the same prices as in a phrase. */
  distance(heard: readonly string[], other: readonly string[]): number {
    let last = [0];
    for (const word of other) last.push(last.at(-1)! + this.#finite(this.#kinds.missing(word)));
    for (const word of heard) {
      const extra = this.#finite(this.#kinds.extra(word));
      const row = [last[0]! + extra];
      other.forEach((target, i) => {
        const same =
          word === target
            ? 0
            : this.#finite(
                this.#kinds.isFixed(word) || this.#kinds.isFixed(target)
                  ? Infinity
                  : costs.substitution * wordDistance(word, target),
              );
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
