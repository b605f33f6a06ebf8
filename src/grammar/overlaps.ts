import { canGoOn, kindFactor } from './automaton.ts';
import type { GrammarCommand } from './command-shape.ts';
import type { Grammar } from './grammar.ts';
import { areApart } from './lint.ts';
import { ShortestPhrases, symbolText } from './shortest-phrases.ts';
import { writeWords } from './tokenize.ts';

/** Two commands whose phrases overlap, with the phrases as people read them: slots stand as `{name}`. */
export interface Overlap {
  first: GrammarCommand;
  firstPhrase: string;
  second: GrammarCommand;
  secondPhrase: string;
}

/** How many overlaps are told, since each needs a person to look at it. */
const maxTold = 50;

/** Finds whole commands that are the beginning of another one: `first` of `second`. One for each pair of commands. */
export function findPrefixes(grammar: Grammar): Overlap[] {
  const { main } = grammar;
  const found = new Overlaps(grammar);
  for (let node = 0; node < main.nodes && !found.isFull; node++) {
    if (!main.accepts[node] || main.tail[node] || !canGoOn(main, node)) continue;
    for (const end of endsAfter(grammar, node)) if (end.node !== node) found.add(node, end.node, end.path);
  }
  return found.list;
}

/**
 * Finds places where free text of `second` and the words of `first` are both possible: a misheard word of `first` makes
 * all of it free text. One for each pair of commands.
 */
export function findSwallowed(grammar: Grammar): Overlap[] {
  const { main } = grammar;
  const found = new Overlaps(grammar);
  // Free text at the very start is told by itself.
  const atStart = new Set(freeTextAt(grammar, main.start).map(({ target }) => target));
  for (let node = 0; node < main.nodes && !found.isFull; node++) {
    const texts = freeTextAt(grammar, node).filter(({ target }) => !atStart.has(target));
    for (const text of texts) {
      const free = endsAfter(grammar, text.target)[0];
      if (!free) continue;
      for (let arc = main.arcStart[node]!; arc < main.arcStart[node + 1]! && !found.isFull; arc++) {
        const isText = main.arcSymbol[arc]! >= kindFactor && texts.some(({ target }) => target === main.arcTarget[arc]);
        const other = isText ? undefined : endsAfter(grammar, main.arcTarget[arc]!)[0];
        if (!other) continue;
        const path = [symbolText(grammar, arc), ...other.path];
        found.add(other.node, free.node, [`{${text.binding.name}}`, ...free.path], { node, path });
      }
    }
  }
  return found.list;
}

/** Returns the slots for free text that may begin at a node. */
function freeTextAt(grammar: Grammar, node: number): ReturnType<Grammar['callsAt']> {
  return grammar.callsAt(node).filter(({ binding }) => binding.slot.vagueness === 1);
}

class Overlaps {
  readonly list: Overlap[] = [];
  readonly #grammar: Grammar;
  readonly #told = new Set<string>();
  #shortest: ShortestPhrases | undefined;

  constructor(grammar: Grammar) {
    this.#grammar = grammar;
  }

  get isFull(): boolean {
    return this.list.length >= maxTold;
  }

  /** Adds the commands that end at two nodes. Both phrases begin with the words to `from.node`. */
  add(
    firstEnd: number,
    secondEnd: number,
    path: readonly string[],
    from: { node: number; path: readonly string[] } = { node: firstEnd, path: [] },
  ): void {
    for (const first of this.#owners(firstEnd)) {
      for (const second of this.#owners(secondEnd)) {
        const pair = `${first.name}\0${second.name}`;
        if (first === second || areApart(first, second) || this.#told.has(pair) || this.isFull) continue;
        this.#told.add(pair);
        const start = (this.#shortest ??= new ShortestPhrases(this.#grammar)).to(from.node);
        const phrase = (words: readonly string[]): string => writeWords([...(start === '' ? [] : [start]), ...words]);
        this.list.push({ first, firstPhrase: phrase(from.path), second, secondPhrase: phrase(path) });
      }
    }
  }

  #owners(node: number): GrammarCommand[] {
    const { main, phrases } = this.#grammar;
    return [...new Set((main.accepts[node] ?? []).map((accept) => phrases[accept]!.command))];
  }
}

interface End {
  node: number;
  path: readonly string[];
}

/** How many nodes are looked at behind one place, so that a large grammar is checked in a moment. */
const maxLooked = 200;

/** Returns the first nodes from here on at which a command ends, nearest first, with the words to them. */
function endsAfter(grammar: Grammar, start: number): End[] {
  const { main } = grammar;
  const ends: End[] = [];
  const seen = new Set([start]);
  const queue: End[] = [{ node: start, path: [] }];
  for (const { node, path } of queue) {
    if (main.accepts[node] && !main.tail[node]) ends.push({ node, path });
    if (seen.size > maxLooked) break;
    for (let arc = main.arcStart[node]!; arc < main.arcStart[node + 1]!; arc++) {
      const target = main.arcTarget[arc]!;
      if (seen.has(target) || main.tail[target]) continue;
      seen.add(target);
      queue.push({ node: target, path: [...path, symbolText(grammar, arc)] });
    }
  }
  return ends;
}

/** Whether a phrase may begin with free text: then it takes every sentence that ends like it. */
export function beginsFreely(grammar: Grammar): { command: GrammarCommand; phrase: string }[] {
  const found = new Map<GrammarCommand, string>();
  for (const { target, binding } of freeTextAt(grammar, grammar.main.start)) {
    for (const { node, path } of endsAfter(grammar, target)) {
      for (const accept of grammar.main.accepts[node] ?? []) {
        const { command } = grammar.phrases[accept]!;
        if (!found.has(command)) found.set(command, writeWords([`{${binding.name}}`, ...path]));
      }
    }
  }
  return [...found].map(([command, phrase]) => ({ command, phrase }));
}
