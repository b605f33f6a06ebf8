import { epsilon, Nfa, type Automaton } from './automaton.ts';
import type { GrammarCommand, Problem } from './command-shape.ts';
import { compileCommand, type CompiledCommand } from './compile-command.ts';
import { determinize } from './determinize.ts';
import { Grammar } from './grammar.ts';
import { languageOf } from '../language/index.ts';
import { LanguageState } from './language-state.ts';
import { lintGrammar } from './lint.ts';
import type { PhraseRef } from './parts.ts';
import { tokenize } from './tokenize.ts';

/** What compiling gives: always a grammar, of the commands that are sound. */
export interface CompiledGrammar {
  readonly grammar: Grammar;
  readonly problems: readonly Problem[];
}

/** How commands are compiled. */
export interface CompileOptions {
  /** ISO 639-1 code of the language that is spoken. */
  language: string;
  /** Whether "and" may join several commands in one breath; default false. */
  chain?: boolean;
}

/**
 * Words and nodes of one language beyond which everything is forgotten and built anew: hot reload must not collect
 * garbage for ever.
 */
const defaultMaxSize = 2_000_000;
/** A set that is as large by itself may grow by this before. */
const maxGrowth = 4;

/**
 * Compiles commands, and keeps what it made of single commands and slots: one that did not change is not compiled
 * again. Whoever switches between sets keeps the grammars.
 */
export class GrammarCompiler {
  readonly #languages = new Map<string, LanguageCompiler>();
  readonly #maxSize: number;

  /** @param options `maxSize`: words and nodes kept for each language */
  constructor(options: { maxSize?: number } = {}) {
    this.#maxSize = options.maxSize ?? defaultMaxSize;
  }

  /** Never throws on what a command author wrote: see `problems`. */
  compile(commands: readonly GrammarCommand[], options: CompileOptions): CompiledGrammar {
    let compiler = this.#languages.get(options.language);
    if (!compiler || compiler.state.size > Math.max(this.#maxSize, compiler.firstSize * maxGrowth)) {
      compiler = new LanguageCompiler(options.language);
      this.#languages.set(options.language, compiler);
    }
    return compiler.compile(commands, options.chain ?? false);
  }
}

const shared = new GrammarCompiler();

/**
 * Compiles the commands of a session into one automaton. Never throws on what a command author wrote; problems name
 * command and file.
 */
export function compileGrammar(commands: readonly GrammarCommand[], options: CompileOptions): CompiledGrammar {
  return shared.compile(commands, options);
}

class LanguageCompiler {
  readonly state: LanguageState;
  /** Words and nodes that the first set took. */
  firstSize = 0;
  readonly #language: string;
  readonly #commands = new WeakMap<GrammarCommand, CompiledCommand>();

  constructor(language: string) {
    this.#language = language;
    this.state = new LanguageState(languageOf(language));
  }

  compile(commands: readonly GrammarCommand[], chain: boolean): CompiledGrammar {
    const problems: Problem[] = [];
    const phrases: PhraseRef[] = [];
    const nfa = new Nfa();
    const [start, polite] = [nfa.node(), nfa.node()];
    const begin = nfa.node();
    const { language, lexicon, bindings } = this.state;
    this.#addOpenings(nfa, language.openings, start, polite);
    this.#addOpenings(nfa, language.politeStart, polite, begin);
    for (const command of commands) {
      const compiled = this.#compileOne(command);
      problems.push(...compiled.problems);
      for (const { template, automaton } of compiled.phrases) {
        const number = phrases.push({ command, template }) - 1;
        nfa.arc(
          begin,
          epsilon,
          nfa.embed(automaton, (node) => nfa.addAccept(node, number)),
        );
      }
    }
    // Without commands nothing may be said, "please" included.
    const main = phrases.length > 0 ? determinize(nfa, start) : nothing();
    this.firstSize ||= this.state.size;
    const grammar = new Grammar({ language, lexicon, bindings, main, phrases, chain });
    return { grammar, problems: [...problems, ...lintGrammar(grammar, commands)] };
  }

  #compileOne(command: GrammarCommand): CompiledCommand {
    let compiled = this.#commands.get(command);
    if (!compiled) {
      compiled = compileCommand(command, this.state, this.#language);
      this.#commands.set(command, compiled);
    }
    return compiled;
  }

  #addOpenings(nfa: Nfa, phrases: readonly string[], from: number, to: number): void {
    nfa.arc(from, epsilon, to);
    for (const phrase of phrases)
      nfa.chain(
        from,
        tokenize(phrase).map((word) => this.state.lexicon.intern(word)),
        to,
      );
  }
}

/** The automaton that accepts nothing. */
function nothing(): Automaton {
  const nfa = new Nfa();
  return determinize(nfa, nfa.node());
}
