import type { DecoderGraph } from '../types.ts';
import { anySymbol, findArc, kindFactor, type Automaton } from './automaton.ts';
import { findBeginning, type Beginning } from './beginning.ts';
import { otherGaps } from './compounds.ts';
import { toDecoderGraph } from './decoder-graph.ts';
import type { Language } from '../language/index.ts';
import type { Lexicon } from './lexicon.ts';
import type { Binding, GrammarParts, PhraseRef } from './parts.ts';
import { wordTargets } from './reach.ts';
import { foldWord, tokenize } from './tokenize.ts';
import { walkSpoken, withoutFillers } from './walk-spoken.ts';
import type { Walk } from './walk.ts';

/** The compiled commands of a session: one automaton for matching, decoding, endpointing and lint. Immutable. */
export class Grammar implements GrammarParts {
  readonly language: Language;
  readonly lexicon: Lexicon;
  readonly main: Automaton;
  readonly bindings: readonly Binding[];
  readonly phrases: readonly PhraseRef[];
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
    return walkSpoken(this, words);
  }

  /**
   * The command that the words are the beginning of, or the few that part at the next slot, and what they lack.
   * Undefined where more come into question, or no slot is missing.
   */
  beginning(words: readonly string[]): Beginning | undefined {
    return findBeginning(this, withoutFillers(this, words));
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
