import type { Automaton } from './automaton.ts';
import { buildAlone } from './build.ts';
import type { Language } from '../language/index.ts';
import { Lexicon } from './lexicon.ts';
import type { Binding } from './parts.ts';
import type { Slot } from './slots/slot.ts';
import type { Pattern } from './pattern.ts';
import { phraseTree } from './word-tree.ts';

/** What all grammars of a language share: the word numbers and the automata of the slots, each built once. */
export class LanguageState {
  readonly language: Language;
  readonly lexicon: Lexicon;
  readonly bindings: Binding[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #automata = new Map<string, Automaton>();
  #nodes = 0;

  constructor(language: Language) {
    this.language = language;
    this.lexicon = new Lexicon(language);
  }

  /** How many words and nodes are kept. */
  get size(): number {
    return this.lexicon.size + this.#nodes;
  }

  /** Returns the number of a slot under a name. */
  bind(name: string, slot: Slot): number {
    const key = `${name}\0${slot.key}`;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.bindings.push({ name, slot, automaton: this.#automatonOf(slot) }) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }

  #automatonOf(slot: Slot): Automaton {
    let automaton = this.#automata.get(slot.key);
    if (!automaton) {
      automaton = this.#build(slot.pattern(this.language));
      this.#automata.set(slot.key, automaton);
      this.#nodes += automaton.nodes;
    }
    return automaton;
  }

  #build(pattern: Pattern): Automaton {
    if (pattern.kind === 'phrases') return phraseTree(pattern, this.lexicon);
    return buildAlone(pattern, this.lexicon, this.language);
  }
}
