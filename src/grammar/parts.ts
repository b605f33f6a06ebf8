import type { Language } from '../language/index.ts';
import type { Automaton } from './automaton.ts';
import type { GrammarCommand } from './command-shape.ts';
import type { Lexicon } from './lexicon.ts';
import type { Slot } from './slots/slot.ts';

/** A slot under the name that a phrase gives it (politeness has none), and its part of the automaton (accepts 0). */
export interface Binding {
  readonly name: string;
  readonly slot: Slot;
  readonly automaton: Automaton;
}

/** One phrase template of one command; the main automaton accepts its number. */
export interface PhraseRef {
  readonly command: GrammarCommand;
  readonly template: string;
}

/** What a grammar is made of. */
export interface GrammarParts {
  readonly language: Language;
  readonly lexicon: Lexicon;
  readonly main: Automaton;
  readonly bindings: readonly Binding[];
  readonly phrases: readonly PhraseRef[];
  /** Whether several commands may follow one another in one breath, joined by "and". */
  readonly chain: boolean;
}
