import { argsOf, rankOf, type Capture, type Grammar, type PhraseRef, type Rank } from '../grammar/index.ts';
import { heardWords, type HeardWord } from './heard-words.ts';
import { costs, type WordKinds } from './near-costs.ts';
import { isExact, keep, listOf, said, startAt, type OpenSlot, type State } from './near-state.ts';
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
  /** Whether the phrase has a place for each word that was heard, and no other words. */
  isWhole: boolean;
  rank: Rank;
}

/** How many states are kept per heard word. */
const beamWidth = 160;
/**
 * How many states the searches for one phrase may look at, all together. It is a count and not a time, so that the same
 * text always has the same result. German sentences with a duration need up to 5,700, English ones up to 1,600.
 */
export const maxStates = 8_000;
/** Words of a phrase may be missing only where few could follow; otherwise everything would be tried. */
const maxGuessedArcs = 4;
/** What is left of the work that may be done for one phrase. */
export interface Work {
  states: number;
}

/** What a search works with. */
export interface NearTools {
  kinds: WordKinds;
  similar: SimilarWords;
  least: number;
  isGreedy: boolean;
  work: Work;
}

/**
 * One beam search over the automaton with replaced, extra and missing words.
 */
export class NearRun {
  readonly #grammar: Grammar;
  readonly #kinds: WordKinds;
  readonly #similar: SimilarWords;
  readonly #least: number;
  readonly #isGreedy: boolean;
  readonly #work: Work;

  constructor(grammar: Grammar, { kinds, similar, least, isGreedy, work }: NearTools) {
    this.#grammar = grammar;
    this.#kinds = kinds;
    this.#similar = similar;
    this.#least = least;
    this.#isGreedy = isGreedy;
    this.#work = work;
  }

  find(words: readonly string[]): NearMatch[] {
    const heard = heardWords(words, this.#grammar, this.#kinds);
    let layer = this.#close([startAt(this.#grammar.main.start)], heard, 0);
    for (const [at, word] of heard.entries()) {
      const next: State[] = [];
      for (const state of layer) this.#take(state, word, next);
      layer = this.#close(next, heard, at + 1);
    }
    return this.#results(layer);
  }

  /** Adds the ways in which a state can use up one heard word. */
  #take(state: State, heard: HeardWord, next: State[]): void {
    const { word, folded, id, support } = heard;
    this.#leaveOut(state, heard, next);
    const automaton = state.slot?.binding.automaton ?? this.#grammar.main;
    for (const target of this.#grammar.wordTargets(automaton, state.node, id))
      next.push(said(state, target, folded, support));
    const free = this.#grammar.anyTargets(automaton, state.node);
    if (free.length > 0 && this.#mayBeFree(state, folded))
      for (const target of free) next.push({ ...said(state, target, word, 0), isFree: true });
    if (!heard.canBeMisheard) return;
    const isExactly = state.slot?.binding.slot.guessable === false;
    const weight = state.slot ? costs.slotSubstitution : costs.substitution;
    for (const { id: other, distance } of this.#similar.near(folded)) {
      if (state.slot && distance > maxValueDistance) break;
      const targets = this.#grammar.wordTargets(automaton, state.node, other);
      if (targets.length === 0) continue;
      const expected = this.#grammar.lexicon.folded(other);
      // A number must be heard as it is, but not its unit.
      if (isExactly && !this.#kinds.isUnit(expected)) continue;
      if (!this.#kinds.mayStandFor(folded, expected, { distance, isVerb: state.support === 0 })) continue;
      for (const target of targets)
        next.push({
          ...said(state, target, expected, this.#kinds.support(expected)),
          cost: state.cost + weight * distance,
          notes: { item: `heard "${word}", expected "${expected}"`, before: state.notes },
        });
    }
  }

  /** Adds the state in which the phrase has no place for a heard word. */
  #leaveOut(state: State, { word, extra, isContent, isPolite, isUnexplained }: HeardWord, next: State[]): void {
    if (extra === Infinity || this.#isGreedy) return;
    // What stands by a number unexplained may be a part of it that was misheard.
    const isInNumber = state.slot?.words !== undefined && isExact(state.slot.binding);
    const isSafe = extra === 0 || (!isInNumber && !isContent) || isPolite;
    if (!isSafe && state.isByNumber) return;
    next.push({
      ...state,
      cost: state.cost + extra * (state.slot ? 2 : 1),
      unexplained: state.unexplained + (state.said && isUnexplained ? 1 : 0),
      isSkipped: false,
      isWhole: state.isWhole && extra === 0,
      isByNumber: !isSafe || state.isByNumber,
      notes: extra > 0 ? { item: `extra "${word}"`, before: state.notes } : state.notes,
    });
  }

  /**
   * Free text does not begin right after a skipped word, since it would take what that word was misheard as, nor with
   * a word that turns the sentence around.
   */
  #mayBeFree({ slot, isSkipped }: State, word: string): boolean {
    return slot?.words !== undefined || (!isSkipped && !this.#kinds.beginsOther(word, this.#isGreedy));
  }

  /**
   * Adds every step that uses up no heard word: entering and leaving slots, and missing words. Of equal places only the
   * best are kept, and of all states only the beam. `at` is the number of words that have been used up.
   */
  #close(states: State[], heard: readonly HeardWord[], at: number): State[] {
    const best = new Map<number, State[]>();
    const left = heard.length - at;
    // The likeliest states come last, since the last one is taken first.
    const open = states.sort((a, b) => b.cost - a.cost || a.support - b.support);
    for (let state = open.pop(); state && this.#work.states > 0; state = open.pop()) {
      this.#work.states--;
      if (this.#isHopeless(state, left) || !keep(best, state)) continue;
      if (state.slot) this.#leaveSlot(state, state.slot, open);
      else this.#enterSlots(state, open);
      this.#skipWords(state, heard[at], open);
    }
    return [...best.values()]
      .flat()
      .sort((a, b) => a.cost - b.cost || b.support - a.support)
      .slice(0, beamWidth);
  }

  /** Whether the score would be too low even if the words that are left were all in the phrase. */
  #isHopeless({ cost, support, unexplained }: State, left: number): boolean {
    return (1 - cost / (support + left + 1)) * costs.unexplainedWord ** unexplained < this.#least;
  }

  #enterSlots(state: State, open: State[]): void {
    const { greedy } = this.#grammar.main;
    for (const { number, binding, target } of this.#grammar.callsAt(state.node)) {
      // Whether a command runs now or later is never guessed.
      if (binding.slot.type === 'delay') continue;
      // At the end of free text, even "now" is a part of it.
      if (binding.name === '' && state.isFree) continue;
      if (state.isByNumber && isExact(binding)) continue;
      if (this.#isGreedy ? !greedy[target] && binding.name !== '' : greedy[target]) continue;
      open.push({
        ...state,
        node: binding.automaton.start,
        slot: { number, binding, returnTo: target, words: undefined },
      });
    }
  }

  #leaveSlot(state: State, slot: OpenSlot, open: State[]): void {
    if (!slot.words || !slot.binding.automaton.accepts[state.node]) return;
    const left = { ...state, node: slot.returnTo, slot: undefined };
    if (slot.binding.name === '') return void open.push(left);
    const words = listOf(slot.words);
    const value = slot.binding.slot.parse(words, this.#grammar.language);
    if (value === undefined) return;
    open.push({ ...left, captures: { item: { name: slot.binding.name, words, value }, before: state.captures } });
  }

  /** Adds the states after a word of the phrase that was not heard. */
  #skipWords(state: State, next: HeardWord | undefined, open: State[]): void {
    const { slot, isFree, support } = state;
    // What free text and its neighbours are could not be told if words between them were missing.
    if (this.#isGreedy || isFree || slot?.binding.slot.guessable === false) return;
    const automaton = slot?.binding.automaton ?? this.#grammar.main;
    const ids = (slot ? undefined : this.#grammar.wordsAt(state.node, maxGuessedArcs)) ?? this.#kinds.weakIds;
    for (const id of ids) {
      const { word, cost, isPolite, isBeforeNumbers } = this.#kinds.missingWord(id);
      if (cost === Infinity || (next?.isNumber && isBeforeNumbers)) continue;
      // Without its first word, a question is a command, and a command may be anything.
      if (support === 0 && !isPolite) continue;
      for (const target of this.#grammar.wordTargets(automaton, state.node, id))
        open.push({
          ...said(state, target, word, 0),
          cost: state.cost + cost,
          isSkipped: true,
          isWhole: false,
          notes: { item: `missing "${word}"`, before: state.notes },
        });
    }
  }

  #results(layer: State[]): NearMatch[] {
    const found = new Map<string, NearMatch>();
    for (const state of layer) {
      if (state.slot) continue;
      for (const accept of this.#grammar.main.accepts[state.node] ?? []) {
        const captures = listOf(state.captures);
        const score =
          Math.max(0, 1 - state.cost / Math.max(1, state.support)) * costs.unexplainedWord ** state.unexplained;
        const phrase = this.#grammar.phrases[accept]!;
        const args = argsOf(phrase, captures);
        const key = `${phrase.command.name} ${JSON.stringify(args)}`;
        if (score < this.#least || (found.get(key)?.score ?? -1) >= score) continue;
        found.set(key, {
          ...phrase,
          args,
          captures,
          score,
          cost: state.cost,
          phrase: listOf(state.said).join(' '),
          reason: listOf(state.notes).join(', '),
          isWhole: state.isWhole,
          rank: rankOf(phrase.command.slots, captures),
        });
      }
    }
    return [...found.values()].sort((a, b) => b.score - a.score || freeWords(a) - freeWords(b));
  }
}

/** How many words went into free text. */
function freeWords({ command, captures }: NearMatch): number {
  const free = captures.filter(({ name }) => command.slots[name]?.type === 'text');
  return free.reduce((sum, { words }) => sum + words.length, 0);
}
