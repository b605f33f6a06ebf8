import type { Config } from '../config/index.ts';
import { compileGrammar, phrasesFor, type Slot } from '../grammar/index.ts';
import { codeOrDefault, languageOf, type Language } from '../language/index.ts';
import { Matcher } from '../match/index.ts';
import { keptGrammars, Recent } from '../platform/recent.ts';
import { canBeGiven, type Command, type Registry } from '../registry/index.ts';
import type { DecoderGraph } from '../types.ts';

/** The compiled active commands for one language. */
export interface ActiveGrammar {
  matcher: Matcher;
  /** Absent when there is nothing to say. */
  graph: DecoderGraph | undefined;
  /**
   * Words that the free reading should rather hear; empty when no free text can be said and no vocabulary was given.
   */
  boost: string[];
}

/** Words that the free reading is biased to at most. */
const maxBoost = 2_000;

/** Compiles the registry's commands for a language when it is first spoken, and anew after a change. */
export class Grammars {
  readonly #registry: Pick<Registry, 'commands'>;
  readonly #config: Config['match'];
  readonly #kept = new Recent<string, ActiveGrammar>(keptGrammars);
  #compiledFrom: readonly Command[] | undefined;

  constructor(registry: Pick<Registry, 'commands'>, config: Config['match']) {
    this.#registry = registry;
    this.#config = config;
  }

  /**
   * The grammar of all commands for a language; "auto" before anything was heard means English. `active` leaves only
   * the named commands (names that are gone are passed over), `contexts` only those that can be given while these are
   * active.
   */
  get(language: string, active?: readonly string[], contexts?: readonly string[]): ActiveGrammar {
    const { commands } = this.#registry;
    if (this.#compiledFrom !== commands) {
      this.#kept.clear();
      this.#compiledFrom = commands;
    }
    const code = codeOrDefault(language);
    const key = JSON.stringify([code, active, contexts]);
    let grammar = this.#kept.get(key);
    if (!grammar) {
      const names = active && new Set(active);
      grammar = this.#compile(
        commands.filter(
          (command) => (names?.has(command.name) ?? true) && (!contexts || canBeGiven(command, contexts)),
        ),
        code,
      );
      this.#kept.set(key, grammar);
    }
    return grammar;
  }

  #compile(commands: readonly Command[], language: string): ActiveGrammar {
    const { grammar } = compileGrammar(commands, { language, chain: this.#config.chain });
    return {
      matcher: new Matcher(grammar, this.#config),
      graph: grammar.phrases.length > 0 ? grammar.graph : undefined,
      boost: this.#boost(
        commands.filter((command) => phrasesFor(command, language).length > 0),
        languageOf(language),
      ),
    };
  }

  /**
   * What is only said where the grammar says so is read with the grammar; free text is not, and is spelled better when
   * names are known.
   */
  #boost(commands: readonly Command[], language: Language): string[] {
    const words = new Set(this.#config.vocabulary.flatMap((entry) => entry.split(/\s+/)).filter((word) => word !== ''));
    const slots = commands.flatMap((command) => Object.values(command.slots));
    if (slots.some(({ type }) => type === 'text')) addListWords(slots, language, words);
    return [...words].slice(0, maxBoost);
  }
}

function addListWords(slots: readonly Slot[], language: Language, words: Set<string>): void {
  const common = new Set([...language.weak, ...language.fillers, ...language.links]);
  for (const slot of slots) {
    const pattern = slot.type === 'list' ? slot.pattern(language) : undefined;
    if (pattern?.kind !== 'phrases') continue;
    for (const phrase of pattern.phrases) {
      for (const word of phrase) if (isName(word) && !common.has(word)) words.add(word);
      if (words.size >= maxBoost) return;
    }
  }
}

/** Numbers and very short words need no help. */
function isName(word: string): boolean {
  return word.length > 2 && /^\p{L}/u.test(word);
}
