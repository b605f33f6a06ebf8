import { createHash } from 'node:crypto';
import type { DecoderGraph } from '../types.ts';
import { arcKinds, kindFactor, type Automaton } from './automaton.ts';
import { LinkTree } from './link-tree.ts';
import type { GrammarParts } from './parts.ts';
import { promptOf } from './prompt.ts';
import { finish, type Steps } from './steps.ts';
import { tokenize } from './tokenize.ts';
import type { WakeWords } from './wake-words.ts';

/** How many nodes are written in one step. */
const nodesAStep = 512;

/**
 * Writes the automaton and those of its slots into one flat graph. A word with several spellings becomes several arcs.
 */
export function* toDecoderGraph(grammar: GrammarParts): Steps<DecoderGraph> {
  const writer = new Writer(grammar);
  yield* writer.add(grammar.main);
  yield;
  return writer.finish(grammar.main.start, promptOf(grammar));
}

/**
 * Writes the same graph with wake phrases in front: a wake phrase and a command, or a wake phrase alone. Commands that
 * a link joins need only one.
 */
export function toWakeGraph(grammar: GrammarParts, wake: WakeWords): DecoderGraph {
  const writer = new Writer(grammar);
  finish(writer.add(grammar.main));
  const start = writer.addWake(wake, grammar.main.start);
  return writer.finish(start, promptOf(grammar, [...new Set(wake.forms.map(({ phrase }) => phrase))]));
}

class Writer {
  readonly #grammar: GrammarParts;
  readonly #words: string[] = [];
  readonly #wordNumbers = new Map<string, number>();
  readonly #starts = new Map<Automaton, number>();
  readonly #arcStart: number[] = [0];
  readonly #kind: number[] = [];
  readonly #label: number[] = [];
  readonly #target: number[] = [];
  readonly #final: number[] = [];

  constructor(grammar: GrammarParts) {
    this.#grammar = grammar;
  }

  /** Reserves node numbers for an automaton and appends it; the slots that it calls are appended after it. */
  *add(first: Automaton): Steps<void> {
    const queue = [first];
    this.#starts.set(first, 0);
    const { chain, language } = this.#grammar;
    const mayFollow = chain && first.accepts.some((accepts) => accepts !== undefined);
    const links = new LinkTree(mayFollow ? language.links.map(tokenize) : []);
    const isChain = links.nodes.length > 0;
    let base = first.nodes + links.nodes.length;
    for (let automaton = queue.shift(); automaton; automaton = queue.shift()) {
      const offset = this.#starts.get(automaton)!;
      for (let node = 0; node < automaton.nodes; node++) {
        if (this.#final.length % nodesAStep === nodesAStep - 1) yield;
        for (let arc = automaton.arcStart[node]!; arc < automaton.arcStart[node + 1]!; arc++) {
          const kind = Math.floor(automaton.arcSymbol[arc]! / kindFactor);
          const label = automaton.arcSymbol[arc]! % kindFactor;
          const target = offset + automaton.arcTarget[arc]!;
          if (kind === arcKinds.word)
            for (const written of this.#grammar.lexicon.written(label)) this.#arc(kind, this.#word(written), target);
          else if (kind === arcKinds.call) {
            const called = this.#grammar.bindings[label]!.automaton;
            if (!this.#starts.has(called)) {
              this.#starts.set(called, base);
              base += called.nodes;
              queue.push(called);
            }
            this.#arc(kind, this.#starts.get(called)! + called.start, target);
          } else this.#arc(kind, 0, target);
        }
        if (isChain && automaton === first && automaton.accepts[node]) this.#arc(arcKinds.epsilon, 0, first.nodes);
        this.#endNode(automaton.accepts[node] !== undefined);
      }
      if (automaton === first) this.#addLinks(links, first);
    }
  }

  /**
   * Adds the links that lead from the end of a command to the start of another; their nodes come after those of the
   * automaton.
   */
  #addLinks({ nodes }: LinkTree, { nodes: offset, start }: Automaton): void {
    for (const { words, isEnd } of nodes) {
      for (const [word, node] of words) this.#arc(arcKinds.word, this.#word(word), offset + node);
      if (isEnd) this.#arc(arcKinds.epsilon, 0, start);
      this.#endNode(false);
    }
  }

  /** Adds the wake phrases as the last nodes, from which they lead to the start of a command; returns their start. */
  addWake({ forms, before }: WakeWords, command: number): number {
    const start = this.#final.length;
    const { nodes } = new LinkTree(forms.map(({ written }) => written));
    for (const [number, { words, isEnd }] of nodes.entries()) {
      for (const [word, node] of words) this.#arc(arcKinds.word, this.#word(word), start + node);
      if (number === 0) for (const word of before) this.#arc(arcKinds.word, this.#word(word), start);
      if (isEnd) this.#arc(arcKinds.epsilon, 0, command);
      this.#endNode(isEnd);
    }
    return start;
  }

  #endNode(isFinal: boolean): void {
    this.#arcStart.push(this.#kind.length);
    this.#final.push(isFinal ? 1 : 0);
  }

  finish(start: number, prompt: string): DecoderGraph {
    const graph = {
      words: this.#words,
      prompt,
      start,
      arcStart: Uint32Array.from(this.#arcStart),
      arcKind: Uint8Array.from(this.#kind),
      arcLabel: Uint32Array.from(this.#label),
      arcTarget: Uint32Array.from(this.#target),
      final: Uint8Array.from(this.#final),
    };
    const hash = createHash('sha1').update(`${start}\n${graph.prompt}\n${graph.words.join('\n')}`);
    for (const part of [graph.arcStart, graph.arcKind, graph.arcLabel, graph.arcTarget, graph.final])
      hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
    return { id: hash.digest('hex'), ...graph };
  }

  #arc(kind: number, label: number, target: number): void {
    this.#kind.push(kind);
    this.#label.push(label);
    this.#target.push(target);
  }

  #word(written: string): number {
    let number = this.#wordNumbers.get(written);
    if (number === undefined) {
      number = this.#words.push(written) - 1;
      this.#wordNumbers.set(written, number);
    }
    return number;
  }
}
