import { anySymbol, callSymbol, epsilon, kindFactor, Nfa, type Automaton } from './automaton.ts';
import { determinize } from './determinize.ts';
import type { Language } from '../language/index.ts';
import type { Lexicon } from './lexicon.ts';
import { SaidText } from './said-text.ts';
import { contractionsOf, spellingLattice } from './spellings.ts';
import { minimize } from './minimize.ts';
import type { Pattern, SlotPattern } from './pattern.ts';
import { phraseTree } from './word-tree.ts';

/** What the names in a pattern stand for. */
export interface BuildContext {
  nfa: Nfa;
  lexicon: Lexicon;
  language: Language;
  /** Returns the binding number of a slot, and the words that a template joins to it. */
  slot: (slot: SlotPattern) => { number: number; words?: string };
  rule: (name: string) => Pattern;
}

/** Adds a pattern between two nodes. */
export function buildPattern(context: BuildContext, pattern: Pattern, from: number, to: number): void {
  const { nfa } = context;
  switch (pattern.kind) {
    case 'words':
      return buildWords(context, pattern.text, from, to);
    case 'sequence': {
      if (pattern.parts.length === 0) nfa.arc(from, epsilon, to);
      pattern.parts.forEach((part, i) => {
        const next = i === pattern.parts.length - 1 ? to : nfa.node();
        buildPattern(context, part, from, next);
        from = next;
      });
      return;
    }
    case 'choice':
      return pattern.options.forEach((option) => buildPattern(context, option, from, to));
    case 'optional':
      buildPattern(context, pattern.part, from, to);
      return nfa.arc(from, epsilon, to);
    case 'any-order':
      return buildAnyOrder(context, pattern.parts, from, to);
    case 'slot': {
      const { number, words } = context.slot(pattern);
      const end = words === undefined ? to : nfa.node();
      nfa.arc(from, callSymbol(number), end);
      if (words !== undefined) buildWords(context, words, end, to);
      return;
    }
    case 'rule':
      return buildPattern(context, context.rule(pattern.name), from, to);
    case 'phrases': {
      const tree = phraseTree(pattern, context.lexicon);
      return nfa.arc(
        from,
        epsilon,
        nfa.embed(tree, (node) => nfa.arc(node, epsilon, to)),
      );
    }
    case 'shared': {
      const automaton = buildOnce(pattern.part, context.lexicon, context.language);
      return nfa.arc(
        from,
        epsilon,
        nfa.embed(automaton, (node) => nfa.arc(node, epsilon, to)),
      );
    }
    case 'any-words': {
      // A chain rather than a loop, so that a limit of 3 words takes at most 3.
      for (let word = 0; word < pattern.most; word++) {
        const next = nfa.node();
        nfa.arc(from, anySymbol, next);
        nfa.arc(next, epsilon, to);
        from = next;
      }
    }
  }
}

function buildWords({ nfa, lexicon, language }: BuildContext, text: string, from: number, to: number): void {
  if (/\p{Lu}/u.test(text)) showCapitals(text, lexicon);
  const lattice = spellingLattice(text, language);
  if (lattice.length === 0) return nfa.arc(from, epsilon, to);
  const positions = Array.from({ length: lattice.length + 1 }, (_, i) =>
    i === 0 ? from : i === lattice.length ? to : nfa.node(),
  );
  for (const edge of lattice.edges)
    nfa.chain(
      positions[edge.from]!,
      edge.words.map((word) => lexicon.intern(word)),
      positions[edge.to]!,
    );
}

function showCapitals(text: string, lexicon: Lexicon): void {
  const said = new SaidText(text);
  said.words.forEach(({ word }, i) => {
    const written = said.write({ from: i, to: i + 1 });
    if (written.toLowerCase() === word) lexicon.show(written);
  });
}

const shared = new WeakMap<Lexicon, WeakMap<Pattern, Automaton>>();

/** Builds a pattern that occurs in several places once for each language. */
function buildOnce(pattern: Pattern, lexicon: Lexicon, language: Language): Automaton {
  let known = shared.get(lexicon);
  if (!known) shared.set(lexicon, (known = new WeakMap()));
  let automaton = known.get(pattern);
  if (!automaton) known.set(pattern, (automaton = buildAlone(pattern, lexicon, language)));
  return automaton;
}

/** Builds a pattern without slots and rules as an automaton of its own, which accepts 0. */
export function buildAlone(pattern: Pattern, lexicon: Lexicon, language: Language): Automaton {
  if (pattern.kind === 'shared') return buildOnce(pattern.part, lexicon, language);
  const nfa = new Nfa();
  const [from, to] = [nfa.node(), nfa.node()];
  const none = (): never => {
    throw new Error('a slot pattern holds neither slots nor rules');
  };
  buildPattern({ nfa, lexicon, language, slot: none, rule: none }, pattern, from, to);
  nfa.addAccept(to, 0);
  return minimize(determinize(nfa, from));
}

/** Adds one node for each set of parts that have been said already. */
function buildAnyOrder(context: BuildContext, parts: Pattern[], from: number, to: number): void {
  const all = 2 ** parts.length - 1;
  const nodes = Array.from({ length: all + 1 }, (_, said) =>
    said === 0 ? from : said === all ? to : context.nfa.node(),
  );
  for (let said = 0; said < all; said++) {
    parts.forEach((part, i) => {
      if ((said & (1 << i)) === 0) buildPattern(context, part, nodes[said]!, nodes[said | (1 << i)]!);
    });
  }
}

/** Adds "what's" beside "what is" wherever the two words follow each other. */
export function addContractions(nfa: Nfa, lexicon: Lexicon, language: Language): void {
  const pairs = contractionsOf(language);
  if (pairs.size === 0) return;
  const firsts = new Set([...pairs.keys()].map((pair) => pair.split(' ')[0]!));
  const epsilons = new Map<number, number[]>();
  const words = new Map<number, number[]>();
  nfa.from.forEach((from, arc) => {
    const map = nfa.symbol[arc] === epsilon ? epsilons : nfa.symbol[arc]! < kindFactor ? words : undefined;
    const list = map?.get(from);
    if (list) list.push(arc);
    else map?.set(from, [arc]);
  });
  const added: [number, number, number][] = [];
  nfa.symbol.forEach((symbol, arc) => {
    if (symbol >= kindFactor || !firsts.has(lexicon.folded(symbol))) return;
    const reached = new Set([nfa.to[arc]!]);
    for (const node of reached) for (const eps of epsilons.get(node) ?? []) reached.add(nfa.to[eps]!);
    for (const node of reached) {
      for (const second of words.get(node) ?? []) {
        const pair = `${lexicon.folded(symbol)} ${lexicon.folded(nfa.symbol[second]!)}`;
        for (const short of pairs.get(pair) ?? []) added.push([nfa.from[arc]!, lexicon.intern(short), nfa.to[second]!]);
      }
    }
  });
  for (const [from, symbol, to] of added) nfa.arc(from, symbol, to);
}
