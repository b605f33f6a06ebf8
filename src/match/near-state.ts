import type { Binding, Capture } from '../grammar/index.ts';

/** A place in the automaton that the words so far may have led to, and the cost of getting there. */
export interface State {
  node: number;
  slot: OpenSlot | undefined;
  cost: number;
  /** How much the heard words that are in the phrase support it; words of free text do not. */
  support: number;
  /** How many content words since the first word of the phrase have no place in it. */
  unexplained: number;
  /** Whether the last word of the phrase was not heard. */
  isSkipped: boolean;
  /** Whether the last word belongs to a number, or was left out and could belong to one. */
  isByNumber: boolean;
  /** Whether the last word of the phrase is one of free text. */
  isFree: boolean;
  /** Whether all words were heard, and no others. */
  isWhole: boolean;
  captures: Chain<Capture> | undefined;
  said: Chain<string> | undefined;
  notes: Chain<string> | undefined;
}

/** More than the nodes of any automaton that commands are compiled to. */
const mostNodes = 2 ** 20;

/** A slot that has begun and is not complete yet. */
export interface OpenSlot {
  number: number;
  binding: Binding;
  returnTo: number;
  words: Chain<string> | undefined;
}

/** Whether a slot's words must be heard as they are: numbers, but no free text. */
export function isExact({ slot }: Binding): boolean {
  return !slot.guessable && slot.vagueness < 1;
}

/** A list that grows at its end. Several states share its beginning. */
export interface Chain<T> {
  item: T;
  before: Chain<T> | undefined;
}

/** Returns the state before the first word. */
export function startAt(node: number): State {
  return {
    node,
    slot: undefined,
    cost: 0,
    support: 0,
    unexplained: 0,
    isSkipped: false,
    isByNumber: false,
    isFree: false,
    isWhole: true,
    captures: undefined,
    said: undefined,
    notes: undefined,
  };
}

/** Returns the state after a word of the phrase. */
export function said(state: State, target: number, word: string, support: number): State {
  const chain: Chain<string> = { item: word, before: state.said };
  const slot = state.slot && { ...state.slot, words: { item: word, before: state.slot.words } };
  return {
    ...state,
    node: target,
    slot,
    said: chain,
    support: state.support + support,
    isSkipped: false,
    isByNumber: state.slot !== undefined && isExact(state.slot.binding),
    isFree: false,
  };
}

/**
 * Adds a state to the best ones unless it is worse, and returns whether it did. Two states with different arguments may
 * share a place, so that a close second reading is noticed.
 */
export function keep(best: Map<number, State[]>, state: State): boolean {
  const { node, slot } = state;
  const key = slot ? ((slot.number + 1) * mostNodes + slot.returnTo) * mostNodes + node : node;
  const known = best.get(key);
  if (!known) {
    best.set(key, [state]);
    return true;
  }
  const twin = known.findIndex(
    (other) =>
      sameChain(other.slot?.words, state.slot?.words, (a, b) => a === b) &&
      sameChain(other.captures, state.captures, (a, b) => a.name === b.name && a.value === b.value),
  );
  if (twin >= 0) {
    if (known[twin]!.cost <= state.cost) return false;
    known[twin] = state;
    return true;
  }
  if (known.length < 2) {
    known.push(state);
    return true;
  }
  const worse = known[0]!.cost > known[1]!.cost ? 0 : 1;
  if (known[worse]!.cost <= state.cost) return false;
  known[worse] = state;
  return true;
}

function sameChain<T>(
  first: Chain<T> | undefined,
  second: Chain<T> | undefined,
  isSame: (a: T, b: T) => boolean,
): boolean {
  for (; first && second; first = first.before, second = second.before) {
    if (first === second) return true;
    if (!isSame(first.item, second.item)) return false;
  }
  return first === second;
}

/** Returns the items in the order of speaking. */
export function listOf<T>(chain: Chain<T> | undefined): T[] {
  const items: T[] = [];
  for (let part = chain; part; part = part.before) items.push(part.item);
  return items.reverse();
}
