import type { Config } from '../config/index.ts';
import {
  compileInSteps,
  finish,
  perLanguage,
  phrasesFor,
  type Slot,
  type Steps,
  type WakeWords,
} from '../grammar/index.ts';
import { codeOrDefault, languageOf, type Language } from '../language/index.ts';
import { Matcher } from '../match/index.ts';
import { inSlices } from '../platform/in-slices.ts';
import { keptGrammars, Recent } from '../platform/recent.ts';
import { canBeGiven, type Command, type Registry } from '../registry/index.ts';
import type { DecoderGraph } from '../types.ts';
import type { OwnCommands } from './session-commands.ts';

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

/** How a set of commands is chosen: the arguments of `get`. */
interface Chosen {
  language: string;
  active: readonly string[] | undefined;
  contexts: readonly string[] | undefined;
  own: OwnCommands | undefined;
}

/** One set of commands in one language, by its key. */
interface CommandSet extends Pick<Chosen, 'active' | 'contexts'> {
  key: string;
  code: string;
  commands: readonly Command[];
  /** The commands of the registry then. */
  from: readonly Command[];
}

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
    const set = this.#setOf({ language, active, contexts, own });
    return this.#kept.get(set.key) ?? this.#keep(set, finish(this.#compile(set)));
  }

  /**
   * Compiles what `get` would return, while others have their turn, so that it is there when it is needed. Resolves at
   * once if it is there.
   */
  async prepare(
    language: string,
    active?: readonly string[],
    contexts?: readonly string[],
    own?: OwnCommands,
  ): Promise<void> {
    const set = this.#setOf({ language, active, contexts, own });
    if (!this.#kept.get(set.key)) await inSlices(this.#prepare(set));
  }

  #setOf({ language, active, contexts, own }: Chosen): CommandSet {
    const { commands: from } = this.#registry;
    if (this.#compiledFrom !== from) {
      this.#kept.clear();
      this.#compiledFrom = from;
    }
    const code = codeOrDefault(language);
    const key = JSON.stringify([code, active, contexts, own?.key ?? '']);
    return { key, code, commands: own?.commands ?? from, active, contexts, from };
  }

  *#prepare(set: CommandSet): Steps<void> {
    const isNeeded = (): boolean => set.from === this.#compiledFrom && !this.#kept.get(set.key);
    if (!isNeeded()) return;
    const grammar = yield* this.#compile(set);
    yield* grammar.matcher.prepare();
    if (isNeeded()) this.#keep(set, grammar);
  }

  #keep({ key }: CommandSet, grammar: ActiveGrammar): ActiveGrammar {
    this.#kept.set(key, grammar);
    return grammar;
  }

  *#compile({ code: language, commands: all, active, contexts }: CommandSet): Steps<ActiveGrammar> {
    const names = active && new Set(active);
    const isActive = (command: Command): boolean =>
      (names?.has(command.name) ?? true) && (!contexts || canBeGiven(command, contexts));
    const commands = all.filter(isActive);
    const others = all.filter((command) => !isActive(command));
    const { grammar } = yield* compileInSteps(commands, { language, chain: this.#config.chain, others });
    const canBeSaid = grammar.phrases.length > 0;
    const wakeGraphs = new Recent<WakeWords, DecoderGraph>(keptGrammars);
    const boost = yield* this.#boost(
      commands.filter((command) => phrasesFor(command, language).length > 0),
      languageOf(language),
    );
    return {
      matcher: new Matcher(grammar, this.#config),
      get graph() {
        return canBeSaid ? grammar.graph : undefined;
      },
      wakeGraph: (wake) => {
        if (!canBeSaid) return undefined;
        let graph = wakeGraphs.get(wake);
        if (!graph) wakeGraphs.set(wake, (graph = grammar.wakeGraph(wake)));
        return graph;
      },
      boost,
    };
  }

  /**
   * Constrained readings spell the grammar's own words correctly without help. Free text comes from the free reading,
   * which spells names better when it is biased towards them.
   */
  *#boost(commands: readonly Command[], language: Language): Steps<string[]> {
    const words = new Set(this.#config.vocabulary.flatMap((entry) => entry.split(/\s+/)).filter((word) => word !== ''));
    const slots = commands.flatMap((command) => Object.values(command.slots));
    if (slots.some(({ type }) => type === 'text')) yield* addListWords(slots, language, words);
    return [...words].slice(0, maxBoost);
  }
}

function* addListWords(slots: readonly Slot[], language: Language, words: Set<string>): Steps<void> {
  for (const slot of slots) {
    if (slot.type !== 'list') continue;
    yield;
    for (const name of namesIn(slot, language)) {
      words.add(name);
      if (words.size >= maxBoost) return;
    }
  }
}

const namesBySlot = new WeakMap<Slot, (language: Language) => ReadonlySet<string>>();

/** The words of a list that may be names; a list is in the grammars of many sessions. */
function namesIn(slot: Slot, language: Language): ReadonlySet<string> {
  let names = namesBySlot.get(slot);
  if (!names) namesBySlot.set(slot, (names = perLanguage((of) => readNames(slot, of))));
  return names(language);
}

function readNames(slot: Slot, language: Language): ReadonlySet<string> {
  const names = new Set<string>();
  const pattern = slot.pattern(language);
  if (pattern.kind !== 'phrases') return names;
  const common = new Set([...language.weak, ...language.fillers, ...language.links]);
  for (const phrase of pattern.phrases) {
    for (const word of phrase) if (isName(word) && !common.has(word)) names.add(word);
    if (names.size >= maxBoost) break;
  }
  return names;
}

/** Numbers and very short words are read well without a bias. */
function isName(word: string): boolean {
  return word.length > 2 && /^\p{L}/u.test(word);
}
