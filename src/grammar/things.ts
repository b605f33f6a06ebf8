import { kindFactor, type Automaton } from './automaton.ts';
import type { GrammarCommand } from './command-shape.ts';
import { reachThrough } from './reach.ts';
import type { Slot } from './slots/slot.ts';

/** A phrase with its command, as far as it is asked what it is about. */
interface Said {
  readonly command: GrammarCommand;
  readonly automaton: Automaton;
}

/** A slot with what can be said for it. */
interface Bound {
  readonly slot: Pick<Slot, 'type'>;
  readonly automaton: Automaton;
}

/** Which words and which lists the phrases of a set of commands are made of. */
export class Things {
  readonly #phrases: readonly Said[];
  readonly #bindings: readonly Bound[];
  #commands: ReadonlyMap<number, ReadonlySet<GrammarCommand>> | undefined;

  constructor(phrases: readonly Said[], bindings: readonly Bound[]) {
    this.#phrases = phrases;
    this.#bindings = bindings;
  }

  /** Returns a command, other than the given one, that has the word in a phrase. */
  otherWith(word: number, command: GrammarCommand): GrammarCommand | undefined {
    return other(this.#known().get(word), command);
  }

  /**
   * Returns where the longest value ends that begins at a word and is in a list of another command, and that command;
   * `words` are the words' numbers.
   */
  valueAt(
    words: readonly number[],
    at: number,
    command: GrammarCommand,
  ): { end: number; of: GrammarCommand } | undefined {
    let longest: { end: number; of: GrammarCommand } | undefined;
    for (const [symbol, commands] of this.#known()) {
      if (symbol < kindFactor) continue;
      const of = other(commands, command);
      const end = of && Math.max(0, ...reachThrough(this.#bindings[symbol - kindFactor]!.automaton, words, at).ends);
      if (of && end && end > (longest?.end ?? at)) longest = { end, of };
    }
    return longest;
  }

  /** The commands of each word and list, by the symbols that phrases have for them; found when first needed. */
  #known(): ReadonlyMap<number, ReadonlySet<GrammarCommand>> {
    if (this.#commands) return this.#commands;
    const known = new Map<number, Set<GrammarCommand>>();
    for (const { command, automaton } of this.#phrases)
      for (const symbol of symbolsOf(automaton)) {
        if (symbol >= kindFactor && this.#bindings[symbol - kindFactor]?.slot.type !== 'list') continue;
        const commands = known.get(symbol);
        if (commands) commands.add(command);
        else known.set(symbol, new Set([command]));
      }
    return (this.#commands = known);
  }
}

const symbols = new WeakMap<Automaton, ReadonlySet<number>>();

/** A phrase is in the grammars of many sessions. */
function symbolsOf(automaton: Automaton): ReadonlySet<number> {
  let known = symbols.get(automaton);
  if (!known) symbols.set(automaton, (known = new Set(automaton.arcSymbol)));
  return known;
}

function other(commands: ReadonlySet<GrammarCommand> | undefined, command: GrammarCommand): GrammarCommand | undefined {
  for (const one of commands ?? []) if (one !== command) return one;
  return undefined;
}
