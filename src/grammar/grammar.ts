import type { DecoderGraph } from '../types.ts';
import { anySymbol, findArc, kindFactor, type Automaton } from './automaton.ts';
import { findBeginning, type Beginning } from './beginning.ts';
import type { GrammarCommand } from './command-shape.ts';
import { otherGaps } from './compounds.ts';
import { toDecoderGraph } from './decoder-graph.ts';
import type { Language } from '../language/index.ts';
import type { Lexicon } from './lexicon.ts';
import type { Slot } from './slots/slot.ts';
import { foldWord, tokenize } from './tokenize.ts';
import { walkExact, wordTargets, type Walk } from './walk.ts';

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
  language: Language;
  lexicon: Lexicon;
  main: Automaton;
  bindings: readonly Binding[];
  phrases: readonly PhraseRef[];
  chain: boolean;
}

/** The compiled commands of a session: one automaton for matching, decoding, endpointing and lint. Immutable. */
export class Grammar {
  readonly language: Language;
  readonly lexicon: Lexicon;
  readonly main: Automaton;
  readonly bindings: readonly Binding[];
  readonly phrases: readonly PhraseRef[];
  /** Whether several commands may follow one another in one breath, joined by "and". */
  readonly chain: boolean;
  #graph: DecoderGraph | undefined;

  constructor(parts: GrammarParts) {
    this.language = parts.language;
    this.lexicon = parts.lexicon;
    this.main = parts.main;
    this.bindings = parts.bindings;
    this.phrases = parts.phrases;
    this.chain = parts.chain;
  }

  /** The flat form for the native decoder; made on first use. */
  get graph(): DecoderGraph {
    return (this.#graph ??= toDecoderGraph(this));
  }

  /** Text as the words that are compared with the grammar. */
  tokenize(text: string): string[] {
    return tokenize(text);
  }

  /**
   * Every way the words are a command exactly, and whether they could go on. Sounds like "um" may stand anywhere, gaps
   * may be missing or too many.
   */
  walk(words: readonly string[]): Walk {
    const whole = walkExact(this, words);
    if (whole.parses.length > 0) return whole;
    const meant = words.filter((word) => !this.language.fillers.includes(word));
    const spoken = meant.length < words.length ? walkExact(this, meant) : whole;
    if (spoken.parses.length > 0) return spoken;
    const respelled = this.otherGaps(meant);
    const walk = respelled && walkExact(this, respelled);
    return walk && (walk.parses.length > 0 || spoken.completeness === 'none') ? walk : spoken;
  }

  /**
   * The command that the words are the beginning of, or the few that part at the next slot, and what they lack.
   * Undefined where more come into question, or no slot is missing.
   */
  beginning(words: readonly string[]): Beginning | undefined {
    return findBeginning(
      this,
      words.filter((word) => !this.language.fillers.includes(word)),
    );
  }

  /** "Bed room" for "bedroom" and the other way round; undefined when no word is like that. */
  otherGaps(words: readonly string[]): string[] | undefined {
    return otherGaps(words, this.lexicon);
  }

  /** The form in which two words are compared. */
  fold(word: string): string {
    return foldWord(word);
  }

  /** The nodes that a word leads to, in the main automaton or one of a slot. */
  wordTargets(automaton: Automaton, node: number, word: number): number[] {
    return wordTargets(automaton, node, word);
  }

  /** The nodes that any word leads to. */
  anyTargets(automaton: Automaton, node: number): number[] {
    return [...automaton.arcTarget.subarray(findArc(automaton, node, anySymbol), automaton.arcStart[node + 1])];
  }

  /** The slots that may begin at a node of the main automaton. */
  callsAt(node: number): { number: number; binding: Binding; target: number }[] {
    const { main } = this;
    const calls: { number: number; binding: Binding; target: number }[] = [];
    for (
      let arc = findArc(main, node, kindFactor);
      arc < main.arcStart[node + 1]! && main.arcSymbol[arc]! < anySymbol;
      arc++
    ) {
      const number = main.arcSymbol[arc]! - kindFactor;
      calls.push({ number, binding: this.bindings[number]!, target: main.arcTarget[arc]! });
    }
    return calls;
  }

  /** The words that may follow at a node of the main automaton, or undefined when there are more than `most`. */
  wordsAt(node: number, most: number): number[] | undefined {
    const { main } = this;
    const end = findArc(main, node, kindFactor);
    const start = main.arcStart[node]!;
    return end - start > most ? undefined : [...new Set<number>(main.arcSymbol.subarray(start, end))];
  }
}
