import { isDeepStrictEqual } from 'node:util';
import type { Language } from '../language/index.ts';
import type { Automaton } from './automaton.ts';
import type { GrammarCommand } from './command-shape.ts';
import type { Lexicon } from './lexicon.ts';
import type { Slot } from './slots/slot.ts';

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
export interface PhraseRef {
  readonly command: GrammarCommand;
  readonly template: string;
  /** The arguments that saying it gives, beside those of its slots. */
  readonly constants: Readonly<Record<string, unknown>>;
}

/** Whether two phrases mean the same if their slots have the same values. */
export function meanTheSame(first: PhraseRef, second: PhraseRef): boolean {
  return first.command === second.command && isDeepStrictEqual(first.constants, second.constants);
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
  /** Whether several commands, joined by "and", may follow each other in one breath. */
  readonly chain: boolean;
}
