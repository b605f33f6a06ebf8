import { callSymbol, Nfa, TooLarge, type Automaton } from './automaton.ts';
import { addContractions, buildPattern } from './build.ts';
import {
  detailsOf,
  phrasesFor,
  placeOf,
  templateOf,
  type GrammarCommand,
  type Phrase,
  type PhraseDetails,
  type Problem,
} from './command-shape.ts';
import { CommandWords } from './command-words.ts';
import { determinize } from './determinize.ts';
import { endsFreely, markGreedy } from './greedy.ts';
import { writesSpaces } from '../language/index.ts';
import { givenBy, wrongGiven } from './given-args.ts';
import type { LanguageState } from './language-state.ts';
import type { PhraseRef } from './parts.ts';
import type { Pattern, SlotPattern } from './pattern.ts';
import { withAffixes } from './slots/affixed.ts';
import { delayNames } from './slots/delay-names.ts';
import { delaySlot, knowsDelays, takesTimes } from './slots/delay.ts';
import { politeEnd } from './slots/polite-end.ts';
import type { Slot } from './slots/slot.ts';
import { canBeEmpty, slotsIn } from './said-parts.ts';
import { parseTemplate, TemplateError, visitNames } from './template.ts';

/**
 * How many nodes and arcs one phrase may take, and how many steps of work; far more than any hand-written phrase needs.
 */
const maxPhraseNodes = 20_000;
const maxPhraseWork = 4_000_000;
const maxTemplateLength = 4_000;

const noConstants: PhraseRef['constants'] = {};

/** A phrase as an automaton that accepts 0. */
export interface CompiledPhrase extends Omit<PhraseRef, 'command'> {
  readonly automaton: Automaton;
  /** Whether "in ten minutes" may stand in front of it. */
  readonly mayFollowDelay: boolean;
}

/** One command by itself: its valid phrases. */
export interface CompiledCommand {
  readonly phrases: readonly CompiledPhrase[];
  readonly problems: readonly Problem[];
}

/** Compiles one command. Whatever is wrong becomes a problem, and the phrase that contains it is left out. */
export function compileCommand(command: GrammarCommand, state: LanguageState, language: string): CompiledCommand {
  return new CommandCompiler(command, state).compile(phrasesFor(command, language));
}

class CommandCompiler {
  readonly #command: GrammarCommand;
  readonly #state: LanguageState;
  readonly #problems: Problem[] = [];
  readonly #rules = new Map<string, Pattern>();
  readonly #brokenSlots = new Set<string>();
  readonly #usedSlots = new Set<string>();
  readonly #checkedRules = new Map<string, boolean>();

  constructor(command: GrammarCommand, state: LanguageState) {
    this.#command = command;
    this.#state = state;
  }

  compile(written: readonly Phrase[]): CompiledCommand {
    if (!this.#hasAnyPhrase()) this.#problem('error', 'The command has no phrases, so it can never be said.');
    for (const [name, slot] of Object.entries(this.#command.slots)) {
      for (const message of slot.problems()) {
        this.#brokenSlots.add(name);
        this.#problem('error', `Slot {${name}}: ${message}.`);
      }
    }
    this.#parseRules();
    const phrases = written.flatMap((phrase) => {
      const details = detailsOf(phrase);
      const { say: template, args: constants = noConstants, ...needs } = details;
      const automaton = this.#compilePhrase(template);
      if (!automaton || !this.#givenIsRight(details)) return [];
      return [{ template, constants, ...needs, ...this.#withDelay(template, automaton) }];
    });
    if (written.length > 0) {
      this.#warnOfUnusedSlots();
      if (this.#command.delayable === true) this.#warnOfDelays();
    }
    // Only now, because building a list's automaton also finds its values.
    for (const name of this.#usedSlots) {
      for (const message of this.#command.slots[name]?.warnings?.(this.#state.language) ?? [])
        this.#problem('warning', `Slot {${name}}: ${message}.`);
    }
    return { phrases, problems: this.#problems };
  }

  #hasAnyPhrase(): boolean {
    return Array.isArray(this.#command.phrases)
      ? this.#command.phrases.length > 0
      : Object.values(this.#command.phrases).flat().length > 0;
  }

  #parseRules(): void {
    for (const [name, template] of Object.entries(this.#command.rules ?? {})) {
      try {
        this.#rules.set(name, parseTemplate(template));
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        this.#problem('error', `Rule <${name}>: ${error.message}`);
      }
    }
  }

  #compilePhrase(template: string): Automaton | undefined {
    try {
      if (template.length > maxTemplateLength) throw new TooLarge();
      const pattern = parseTemplate(template);
      if (!this.#namesAreKnown(pattern, template, [])) return undefined;
      if (canBeEmpty(pattern, this.#rules)) {
        this.#problem(
          'error',
          `The phrase "${template}" can be said with no words at all; make a part of it required.`,
        );
        return undefined;
      }
      return this.#buildPhrase(pattern);
    } catch (error) {
      if (error instanceof TemplateError) this.#problem('error', error.message);
      else if (error instanceof TooLarge)
        this.#problem(
          'error',
          `The phrase "${shorten(template)}" has too many ways to be said; use fewer any-order parts and nested rules.`,
        );
      else throw error;
      return undefined;
    }
  }

  #buildPhrase(pattern: Pattern): Automaton {
    const { language, lexicon } = this.#state;
    const nfa = new Nfa(maxPhraseNodes);
    const [from, to] = [nfa.node(), nfa.node()];
    const slot = (found: SlotPattern): { number: number; words?: string } => {
      const { slot: bound, ...more } = withAffixes(this.#command.slots[found.name]!, found)!;
      return { number: this.#state.bind(found.name, bound), ...more };
    };
    buildPattern({ nfa, lexicon, language, slot, rule: (name) => this.#rules.get(name)! }, pattern, from, to);
    addContractions(nfa, lexicon, language);
    this.#acceptPolitely(nfa, to);
    return this.#marked(determinize(nfa, from, { mostWork: maxPhraseWork }));
  }

  #marked(automaton: Automaton): Automaton {
    const { language, lexicon, bindings } = this.#state;
    const words = CommandWords.of(language);
    return markGreedy(automaton, bindings, (word) => words.isLight(lexicon.folded(word)));
  }

  /**
   * Lets "in ten minutes" follow a phrase of a delayable command, unless its last words are free text, which keeps all
   * that is said. The same goes for its beginning.
   */
  #withDelay(template: string, automaton: Automaton): Pick<CompiledPhrase, 'automaton' | 'mayFollowDelay'> {
    const isDelayable = this.#command.delayable === true && knowsDelays(this.#state.language);
    const mayFollowDelay = isDelayable && !automaton.greedy.includes(1);
    const mayPrecedeDelay = isDelayable && !endsFreely(automaton, this.#state.bindings);
    if (isDelayable && !mayPrecedeDelay)
      this.#problem(
        'warning',
        `The phrase "${shorten(template)}" ends with free text, so “in ten minutes” after it is a part of the text` +
          `${mayFollowDelay ? '; it can be said before the phrase' : ''}.`,
      );
    if (!mayPrecedeDelay) return { automaton, mayFollowDelay };
    const nfa = new Nfa();
    const delayed = nfa.node();
    const number = this.#state.bind(delayNames.last, delaySlot);
    const start = nfa.embed(automaton, (node) => {
      nfa.addAccept(node, 0);
      nfa.arc(node, callSymbol(number), delayed);
    });
    this.#acceptPolitely(nfa, delayed);
    return { automaton: this.#marked(determinize(nfa, start)), mayFollowDelay };
  }

  #warnOfDelays(): void {
    const { language } = this.#state;
    if (!knowsDelays(language))
      this.#problem('warning', `It is delayable, and heed knows no words for that in the language "${language.code}".`);
    for (const name of this.#usedSlots) {
      const slot = this.#command.slots[name];
      if (slot && takesTimes(slot))
        this.#problem(
          'warning',
          `It is delayable, and slot {${name}} takes words such as “in ten minutes” or “at six” too; ` +
            'where both are possible, they are the value of the slot.',
        );
    }
  }

  /** Lets "please" follow a phrase, because it changes nothing. */
  #acceptPolitely(nfa: Nfa, end: number): void {
    nfa.addAccept(end, 0);
    if (this.#state.language.politeEnd.length === 0) return;
    const tail = nfa.node();
    nfa.tail.add(tail);
    nfa.addAccept(tail, 0);
    nfa.arc(end, callSymbol(this.#state.bind('', politeEnd)), tail);
  }

  /**
   * Whether all slots and rules of a pattern exist. Rules are followed, and a rule that leads back to itself is
   * reported.
   */
  #namesAreKnown(pattern: Pattern, template: string, inside: string[]): boolean {
    let isFine = true;
    visitNames(pattern, (found) => {
      const { kind, name } = found;
      this.#checkNeighbours(found, template);
      if (kind === 'slot') {
        this.#usedSlots.add(name);
        if (!Object.hasOwn(this.#command.slots, name)) {
          this.#problem(
            'error',
            `The phrase "${shorten(template)}" uses {${name}}, but there is no slot of that name; ` +
              `there ${listNames(Object.keys(this.#command.slots))}.`,
          );
          isFine = false;
        } else if (this.#brokenSlots.has(name)) isFine = false;
        else checkAffixes(found, this.#command.slots[name]!, template);
        return;
      }
      if (!this.#ruleIsKnown(name, template, inside)) isFine = false;
    });
    return isFine;
  }

  /** @throws TemplateError when slots or rules stand side by side in a language that has spaces */
  #checkNeighbours({ name, at, touches }: Named, template: string): void {
    if (touches && writesSpaces(this.#state.language.code))
      throw new TemplateError(template, at, `What follows "${name}" is another value; put a space between them`);
  }

  #ruleIsKnown(name: string, template: string, inside: string[]): boolean {
    const known = this.#checkedRules.get(name);
    if (known !== undefined) return known;
    const rule = this.#rules.get(name);
    const path = [...inside, name];
    let isFine = false;
    if (inside.includes(name))
      this.#problem(
        'error',
        `The rule <${name}> contains itself (${path.map((part) => `<${part}>`).join(' → ')}); ` +
          'rules cannot be recursive.',
      );
    else if (rule) isFine = this.#namesAreKnown(rule, template, path);
    else if (!Object.hasOwn(this.#command.rules ?? {}, name))
      this.#problem('error', `The phrase "${shorten(template)}" uses <${name}>, but there is no rule of that name.`);
    this.#checkedRules.set(name, isFine);
    return isFine;
  }

  /** Whether a phrase gives values that its command takes, and that are not said in the phrase too. */
  #givenIsRight(details: PhraseDetails): boolean {
    for (const name of givenBy(details)) this.#usedSlots.add(name);
    const problems = wrongGiven(details, this.#command, slotsIn([details.say], this.#rules));
    for (const problem of problems) this.#problem('error', `The phrase "${shorten(details.say)}" ${problem}.`);
    return problems.length === 0;
  }

  /** A slot may be used only by the phrases of another language. */
  #warnOfUnusedSlots(): void {
    const unused = Object.keys(this.#command.slots).filter((name) => !this.#usedSlots.has(name));
    if (unused.length === 0) return;
    const all = phrasesFor(this.#command, 'auto');
    const elsewhere = slotsIn(all.map(templateOf), this.#rules);
    for (const name of all.map(detailsOf).flatMap(givenBy)) elsewhere.add(name);
    for (const name of unused) {
      if (!elsewhere.has(name)) this.#problem('warning', `Slot {${name}} is used in no phrase.`);
    }
  }

  #problem(severity: Problem['severity'], message: string): void {
    if (this.#problems.some((problem) => problem.message === message)) return;
    this.#problems.push({ severity, ...placeOf(this.#command), message });
  }
}

type Named = Extract<Pattern, { name: string }>;

/** @throws TemplateError when the values of a slot cannot be one word with the letters beside it */
function checkAffixes(found: SlotPattern, slot: Slot, template: string): void {
  if (withAffixes(slot, found)) return;
  const joined = `${found.before ?? ''}{${found.name}}${found.after ?? ''}`;
  throw new TemplateError(
    template,
    found.at,
    `"${joined}" would be one word, and that can only be made of the values of a list; put a space in it`,
  );
}

function shorten(template: string): string {
  return template.length > 100 ? `${template.slice(0, 100)}…` : template;
}

function listNames(names: string[]): string {
  return names.length === 0
    ? 'are none'
    : names.length === 1
      ? `is {${names[0]!}}`
      : `are ${names.map((name) => `{${name}}`).join(', ')}`;
}
