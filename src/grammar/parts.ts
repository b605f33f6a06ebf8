import { isDeepStrictEqual } from 'node:util';
import type { Language } from '../language/index.ts';
import type { Automaton } from './automaton.ts';
import { contextValue, isActive, needOthers } from './context-names.ts';
import type { GrammarCommand, PhraseDetails } from './command-shape.ts';
import type { Lexicon } from './lexicon.ts';
import type { Slot } from './slots/slot.ts';
import type { Things } from './things.ts';

/**
 * A slot under the name that a phrase gives it (polite words have no name), and its part of the automaton, which
 * accepts 0.
 */
export interface Binding {
  readonly name: string;
  readonly slot: Slot;
  readonly automaton: Automaton;
}

/** One phrase of one command; the main automaton accepts its number. */
export interface PhraseRef extends Pick<PhraseDetails, 'fill' | 'contexts' | 'unless'> {
  readonly command: GrammarCommand;
  readonly template: string;
  /** The arguments that saying it gives, beside those of its slots. */
  readonly constants: Readonly<Record<string, unknown>>;
}

/** Whether two phrases need different contexts, or one cannot be said in those that the other needs. */
export function areSaidApart(first: PhraseRef, second: PhraseRef): boolean {
  return needOthers(first.contexts ?? [], second.contexts ?? []) || bars(first, second) || bars(second, first);
}

/** Whether a phrase can be said while these contexts are active. */
export function canBeSaid(
  { contexts, unless = [], fill = [] }: Pick<PhraseDetails, 'fill' | 'contexts' | 'unless'>,
  active: readonly string[],
): boolean {
  const isOn = (context: string): boolean => isActive(context, active);
  return (
    (contexts?.some(isOn) ?? true) &&
    !unless.some(isOn) &&
    fill.every((name) => contextValue(name, active) !== undefined)
  );
}

/** Returns the arguments that contexts give a phrase. */
export function filledBy(
  { fill = [] }: Pick<PhraseDetails, 'fill'>,
  active: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(fill.map((name) => [name, contextValue(name, active)]));
}

/** Whether a phrase cannot be said whenever another one can. */
function bars({ unless = [] }: PhraseRef, { contexts = [], fill = [] }: PhraseRef): boolean {
  const isBarred = (context: string): boolean => unless.some((name) => isActive(name, [context]));
  return (contexts.length > 0 && contexts.every(isBarred)) || fill.some(isBarred);
}

/** Whether two phrases mean the same if their slots have the same values. */
export function meanTheSame(first: PhraseRef, second: PhraseRef): boolean {
  const given = ({ constants, fill = [] }: PhraseRef): unknown => [constants, fill];
  return first.command === second.command && isDeepStrictEqual(given(first), given(second));
}

/** What a grammar is made of. */
export interface GrammarParts {
  readonly language: Language;
  readonly lexicon: Lexicon;
  readonly main: Automaton;
  readonly bindings: readonly Binding[];
  readonly phrases: readonly PhraseRef[];
  /** The commands that a word, by its number, begins. */
  readonly heads: ReadonlyMap<number, ReadonlySet<GrammarCommand>>;
  /** What the phrases of its commands are made of, and of others that cannot be given now. */
  readonly things: Things;
  /** Whether several commands, joined by "and", may follow each other in one breath. */
  readonly chain: boolean;
}
