import type { DecoderGraph } from '../types.ts';
import { anySymbol, findArc, kindFactor, type Automaton } from './automaton.ts';
import { findBeginning, type Beginning } from './beginning.ts';
import { otherGaps } from './compounds.ts';
import { toDecoderGraph, toWakeGraph } from './decoder-graph.ts';
import type { Language } from '../language/index.ts';
import type { Lexicon } from './lexicon.ts';
import type { Binding, GrammarParts, PhraseRef } from './parts.ts';
import { wordTargets } from './reach.ts';
import { foldWord } from './fold.ts';
import { finish, type Steps } from './steps.ts';
import { tokenize } from './tokenize.ts';
import { walkSpoken, withoutFillers } from './walk-spoken.ts';
import type { WakeWords } from './wake-words.ts';
import type { Walk } from './parse.ts';

/** The compiled commands of a session: one automaton for matching, decoding, endpoint decisions and lint. Immutable. */
export class Grammar implements GrammarParts {
  readonly language: Language;
  readonly lexicon: Lexicon;
  readonly main: Automaton;
  readonly bindings: readonly Binding[];
  readonly phrases: readonly PhraseRef[];
  readonly chain: boolean;
  readonly heads: GrammarParts['heads'];
  readonly things: GrammarParts['things'];
  #graph: DecoderGraph | undefined;

  constructor(parts: GrammarParts) {
    this.language = parts.language;
    this.lexicon = parts.lexicon;
    this.main = parts.main;
    this.bindings = parts.bindings;
    this.phrases = parts.phrases;
    this.chain = parts.chain;
    this.heads = parts.heads;
    this.things = parts.things;
  }

  /** The flat form for the native decoder, made on first use. */
  get graph(): DecoderGraph {
    return (this.#graph ??= finish(toDecoderGraph(this)));
  }

  /** Makes the flat form in steps, before it is needed. */
  *prepare(): Steps<void> {
    const graph = yield* toDecoderGraph(this);
    this.#graph ??= graph;
  }

  /** The same with wake phrases, without which nothing can be said. */
  wakeGraph(wake: WakeWords): DecoderGraph {
    return toWakeGraph(this, wake);
  }

  /** Cuts text into the words that are compared with the grammar. */
  tokenize(text: string): string[] {
    return tokenize(text);
  }

  /**
   * Returns every way in which the words are exactly a command, and whether they could go on. Sounds like "um" may
   * occur anywhere, and gaps between words may be missing or superfluous.
   */
  walk(words: readonly string[]): Walk {
    return walkSpoken(this, words);
  }

  /**
   * Returns the command that the words begin, or the few commands that differ from the next slot on, and what they
   * lack. Undefined when the words may become more commands, or when no slot is missing.
   */
  beginning(words: readonly string[]): Beginning | undefined {
    return findBeginning(this, withoutFillers(this, words));
  }

  /** Returns "bedroom" for "bed room" and the other way round: other ways to write the words, the likeliest first. */
  otherGaps(words: readonly string[]): string[][] {
    return otherGaps(words, this.lexicon);
  }

  /** Returns the form in which two words are compared. */
  fold(word: string): string {
    return foldWord(word);
  }

  /** Returns the nodes that a word leads to, in the main automaton or in that of a slot. */
  wordTargets(automaton: Automaton, node: number, word: number): number[] {
    return wordTargets(automaton, node, word);
  }

  /** Returns the nodes that any word leads to. */
  anyTargets(automaton: Automaton, node: number): number[] {
    return [...automaton.arcTarget.subarray(findArc(automaton, node, anySymbol), automaton.arcStart[node + 1])];
  }

  /** Returns the slots that may begin at a node of the main automaton. */
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

  /**
   * Returns the words that may follow at a node of the main automaton, or undefined when there are more than `most`.
   */
  wordsAt(node: number, most: number): number[] | undefined {
    const { main } = this;
    const end = findArc(main, node, kindFactor);
    const start = main.arcStart[node]!;
    return end - start > most ? undefined : [...new Set<number>(main.arcSymbol.subarray(start, end))];
  }
}
