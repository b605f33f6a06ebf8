import { callSymbol, epsilon, Nfa, type Automaton } from './automaton.ts';
import type { GrammarCommand, Problem } from './command-shape.ts';
import { compileCommand, type CompiledCommand } from './compile-command.ts';
import { determinize, determinizeInSteps } from './determinize.ts';
import { Grammar } from './grammar.ts';
import { firstWords } from './greedy.ts';
import { languageOf } from '../language/index.ts';
import { LanguageState } from './language-state.ts';
import { lintGrammar } from './lint.ts';
import type { PhraseRef } from './parts.ts';
import { finish, type Steps } from './steps.ts';
import { delayNames } from './slots/delay-names.ts';
import { firstDelaySlot, knowsDelays } from './slots/delay.ts';
import { Things } from './things.ts';
import { tokenize } from './tokenize.ts';

/** The result of compiling: a grammar of the valid commands, whatever is wrong with the others. */
export interface CompiledGrammar {
  readonly grammar: Grammar;
  /** Found when they are first asked for: to compare all commands takes longer than to compile them. */
  readonly problems: readonly Problem[];
}

/** How commands are compiled. */
export interface CompileOptions {
  /** The ISO 639-1 code of the language that is spoken. */
  language: string;
  /** Whether "and" may join several commands in one breath; default false. */
  chain?: boolean;
  /** Commands that cannot be given now; what is about them is not taken for free text either. */
  others?: readonly GrammarCommand[];
}

/**
 * With more words and nodes of one language than this, everything is forgotten and built anew, because hot reload must
 * not collect garbage for ever.
 */
const defaultMaxSize = 2_000_000;
/** A set of commands that is itself larger than that may grow by this factor first. */
const maxGrowth = 4;

/**
 * Compiles commands and keeps the results for single commands and slots, so that one that has not changed is not
 * compiled again. Grammars are not kept here; a caller that switches between sets of commands keeps them.
 */
export class GrammarCompiler {
  readonly #languages = new Map<string, LanguageCompiler>();
  readonly #maxSize: number;

  /** @param options `maxSize`: how many words and nodes are kept for each language */
  constructor(options: { maxSize?: number } = {}) {
    this.#maxSize = options.maxSize ?? defaultMaxSize;
  }

  /** Never throws because of what a command author wrote: see `problems`. */
  compile(commands: readonly GrammarCommand[], options: CompileOptions): CompiledGrammar {
    return finish(this.inSteps(commands, options));
  }

  /** The same in steps. Between them other sets may be compiled. */
  inSteps(commands: readonly GrammarCommand[], options: CompileOptions): Steps<CompiledGrammar> {
    const language = languageOf(options.language);
    let compiler = this.#languages.get(options.language);
    const isFull = compiler && compiler.state.size > Math.max(this.#maxSize, compiler.firstSize * maxGrowth);
    // A language is another one once a project has added words to it.
    if (!compiler || isFull || compiler.state.language !== language) {
      compiler = new LanguageCompiler(options.language);
      this.#languages.set(options.language, compiler);
    }
    return compiler.compile(commands, options);
  }
}

const shared = new GrammarCompiler();

/**
 * Compiles the commands of a session into one automaton. Never throws because of what a command author wrote; problems
 * name the command and the file.
 */
export function compileGrammar(commands: readonly GrammarCommand[], options: CompileOptions): CompiledGrammar {
  return shared.compile(commands, options);
}

/** The same in steps. */
export function compileInSteps(commands: readonly GrammarCommand[], options: CompileOptions): Steps<CompiledGrammar> {
  return shared.inSteps(commands, options);
}

class LanguageCompiler {
  readonly state: LanguageState;
  /** How many words and nodes the first set took. */
  firstSize = 0;
  readonly #language: string;
  readonly #commands = new WeakMap<GrammarCommand, CompiledCommand>();

  constructor(language: string) {
    this.#language = language;
    this.state = new LanguageState(languageOf(language));
  }

  *compile(
    commands: readonly GrammarCommand[],
    { chain = false, others = [] }: Omit<CompileOptions, 'language'>,
  ): Steps<CompiledGrammar> {
    const problems: Problem[] = [];
    const phrases: PhraseRef[] = [];
    const heads = new Map<number, Set<GrammarCommand>>();
    const said: ConstructorParameters<typeof Things>[0][number][] = [];
    const nfa = new Nfa();
    const [start, polite] = [nfa.node(), nfa.node()];
    const [begin, delayed, afterDelay] = [nfa.node(), nfa.node(), nfa.node()];
    const { language, lexicon, bindings } = this.state;
    this.#addOpenings(nfa, language.openings, start, polite);
    this.#addOpenings(nfa, language.politeStart, polite, begin);
    if (commands.some(({ delayable }) => delayable === true) && knowsDelays(language)) {
      nfa.arc(begin, callSymbol(this.state.bind(delayNames.first, firstDelaySlot)), delayed);
      this.#addOpenings(nfa, language.politeStart, delayed, afterDelay);
    }
    for (const command of commands) {
      yield;
      const compiled = this.#compileOne(command);
      problems.push(...compiled.problems);
      for (const { automaton, mayFollowDelay, ...phrase } of compiled.phrases) {
        const number = phrases.push({ command, ...phrase }) - 1;
        said.push({ command, automaton });
        for (const word of firstWords(automaton)) {
          const commandsOf = heads.get(word);
          if (commandsOf) commandsOf.add(command);
          else heads.set(word, new Set([command]));
        }
        const first = nfa.embed(automaton, (node) => nfa.addAccept(node, number));
        nfa.arc(begin, epsilon, first);
        if (mayFollowDelay) nfa.arc(afterDelay, epsilon, first);
      }
    }
    for (const command of others) {
      yield;
      for (const { automaton } of this.#compileOne(command).phrases) said.push({ command, automaton });
    }
    // Without any command nothing can be said, not even "please".
    const main = phrases.length > 0 ? yield* determinizeInSteps(nfa, start) : nothing();
    this.firstSize ||= this.state.size;
    const things = new Things(said, bindings);
    const grammar = new Grammar({ language, lexicon, bindings, main, phrases, chain, heads, things });
    let all: readonly Problem[] | undefined;
    return {
      grammar,
      get problems() {
        return (all ??= [...problems, ...lintGrammar(grammar, commands)]);
      },
    };
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

/** Returns the automaton that accepts nothing. */
function nothing(): Automaton {
  const nfa = new Nfa();
  return determinize(nfa, nfa.node());
}
