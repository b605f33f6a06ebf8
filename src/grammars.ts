import type { Config } from './config.ts';
import { compileGrammar } from './grammar/index.ts';
import { Matcher } from './match/index.ts';
import type { Command, Registry } from './registry/index.ts';
import type { DecoderGraph } from './types.ts';

/** The compiled commands for one language. */
export interface ActiveGrammar {
  matcher: Matcher;
  /** Absent when there is nothing to say. */
  graph: DecoderGraph | undefined;
}

/** Most languages kept compiled at a time. */
const maxLanguages = 16;

/** Compiles the registry's commands for a language when it is first spoken, and anew after a change. */
export class Grammars {
  readonly #registry: Registry;
  readonly #config: Config['match'];
  readonly #byLanguage = new Map<string, ActiveGrammar>();
  #compiledFrom: readonly Command[] | undefined;

  constructor(registry: Registry, config: Config['match']) {
    this.#registry = registry;
    this.#config = config;
  }

  /** The grammar for a language; "auto" before anything was heard means English. */
  get(language: string): ActiveGrammar {
    const { commands } = this.#registry;
    if (this.#compiledFrom !== commands) {
      this.#byLanguage.clear();
      this.#compiledFrom = commands;
    }
    const code = language === 'auto' ? 'en' : language;
    let active = this.#byLanguage.get(code);
    if (!active) {
      if (this.#byLanguage.size >= maxLanguages) this.#byLanguage.clear();
      const { grammar } = compileGrammar(commands, { language: code });
      active = { matcher: new Matcher(grammar, this.#config), graph: commands.length > 0 ? grammar.graph : undefined };
      this.#byLanguage.set(code, active);
    }
    return active;
  }
}
