import type { Config } from '../config/index.ts';
import { compileGrammar, phrasesFor, type Slot, type WakeWords } from '../grammar/index.ts';
import { codeOrDefault, languageOf, type Language } from '../language/index.ts';
import { Matcher } from '../match/index.ts';
import { keptGrammars, Recent } from '../platform/recent.ts';
import { canBeGiven, type Command, type Registry } from '../registry/index.ts';
import type { DecoderGraph } from '../types.ts';
import type { SessionCommands } from './session-commands.ts';

/** The commands that can be given now, compiled for one language. */
export interface ActiveGrammar {
  matcher: Matcher;
  /** Undefined when no phrase can be said. */
  graph: DecoderGraph | undefined;
  /** The same with wake phrases before the commands. */
  wakeGraph?: (wake: WakeWords) => DecoderGraph | undefined;
  /** Words that the free reading prefers; empty when no command takes free text and no vocabulary is configured. */
  boost: string[];
}

/** The commands of one session; `key` is equal for sessions with the same ones, and empty by default. */
type OwnCommands = Pick<SessionCommands, 'commands' | 'key'>;

/** The most words that one free reading is biased towards. */
const maxBoost = 2_000;

/** Compiles the registry's commands for a language when it is first needed, and again after the commands changed. */
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
   * Returns the grammar for a language; "auto" means English. With `active`, only the named commands are in it, and
   * names that no longer exist are ignored. With `contexts`, only the commands that can be given in these contexts are.
   * `own` are the commands of a session, if they are not just those of the registry.
   */
  get(language: string, active?: readonly string[], contexts?: readonly string[], own?: OwnCommands): ActiveGrammar {
    const { commands: from } = this.#registry;
    if (this.#compiledFrom !== from) {
      this.#kept.clear();
      this.#compiledFrom = from;
    }
    const commands = own?.commands ?? from;
    const code = codeOrDefault(language);
    const key = JSON.stringify([code, active, contexts, own?.key ?? '']);
    let grammar = this.#kept.get(key);
    if (!grammar) {
      const names = active && new Set(active);
      const isActive = (command: Command): boolean =>
        (names?.has(command.name) ?? true) && (!contexts || canBeGiven(command, contexts));
      const others = commands.filter((command) => !isActive(command));
      grammar = this.#compile(commands.filter(isActive), others, code);
      this.#kept.set(key, grammar);
    }
    return grammar;
  }

  #compile(commands: readonly Command[], others: readonly Command[], language: string): ActiveGrammar {
    const { grammar } = compileGrammar(commands, { language, chain: this.#config.chain, others });
    const canBeSaid = grammar.phrases.length > 0;
    const wakeGraphs = new Recent<WakeWords, DecoderGraph>(keptGrammars);
    return {
      matcher: new Matcher(grammar, this.#config),
      graph: canBeSaid ? grammar.graph : undefined,
      wakeGraph: (wake) => {
        if (!canBeSaid) return undefined;
        let graph = wakeGraphs.get(wake);
        if (!graph) wakeGraphs.set(wake, (graph = grammar.wakeGraph(wake)));
        return graph;
      },
      boost: this.#boost(
        commands.filter((command) => phrasesFor(command, language).length > 0),
        languageOf(language),
      ),
    };
  }

  /**
   * Constrained readings spell the grammar's own words correctly without help. Free text comes from the free reading,
   * which spells names better when it is biased towards them.
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

/** Numbers and very short words are read well without a bias. */
function isName(word: string): boolean {
  return word.length > 2 && /^\p{L}/u.test(word);
}
