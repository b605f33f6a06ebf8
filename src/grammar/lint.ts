import { isDeepStrictEqual } from 'node:util';
import { phrasesFor, placeOf, type GrammarCommand, type Problem } from './command-shape.ts';
import type { Grammar } from './grammar.ts';
import { compareParses } from './parse.ts';
import { needOthers, withLastValues } from './context-names.ts';
import { areSaidApart, canBeSaid, filledBy, meanTheSame, type PhraseRef } from './parts.ts';
import { findSameWords } from './same-words.ts';
import { argsAsSaid, SaidText } from './said-text.ts';
import { ShortestPhrases } from './shortest-phrases.ts';

/**
 * Finds problems that show only when all commands are seen together: phrases that belong to two commands, examples that
 * are understood wrongly, and useless `not` phrases.
 */
export function lintGrammar(grammar: Grammar, commands: readonly GrammarCommand[]): Problem[] {
  return [
    ...sharedPhrases(grammar),
    ...commands.flatMap((command) => [...wrongExamples(grammar, command), ...idleNots(grammar, command)]),
  ];
}

function problemOf(command: GrammarCommand, severity: Problem['severity'], message: string): Problem {
  return { severity, ...placeOf(command), message };
}

/**
 * Whether two commands need different contexts. A session may still have both contexts active; a phrase that both
 * commands have then runs neither.
 */
export function areApart(
  { contexts: first = [] }: Pick<GrammarCommand, 'contexts'>,
  { contexts: second = [] }: Pick<GrammarCommand, 'contexts'>,
): boolean {
  return needOthers(first, second);
}

/** Whether nothing decides between two phrases that accept the same words and do not mean the same. */
function areRivals(first: PhraseRef, second: PhraseRef): boolean {
  const [one, other] = [first.command, second.command];
  if (areSaidApart(first, second)) return false;
  if (one === other) return !meanTheSame(first, second);
  return !areApart(one, other) && (one.priority ?? 0) === (other.priority ?? 0);
}

/**
 * Reports one problem for each pair of commands that accept the same words and are not apart, and for each command that
 * gives the same words different arguments.
 */
function sharedPhrases(grammar: Grammar): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const { main, phrases } = grammar;
  let shortest: ShortestPhrases | undefined;
  const tell = (words: string, one: PhraseRef, other: PhraseRef): void => {
    const [first, second] = [one.command, other.command];
    const pair = `${first.name}\0${second.name}`;
    if (seen.has(pair)) return;
    seen.add(pair);
    const where = first.file === undefined ? '' : ` (${first.file})`;
    const clash =
      first === second
        ? `"${words}" is a phrase of ${first.name} with the arguments ${givenText(one)} and ${givenText(other)}; ` +
          'it would not run. Change one of the phrases.'
        : `"${words}" is a phrase of ${second.name} and of ${first.name}${where}; ` +
          'neither would run. Change one of them, or give one a higher priority.';
    problems.push(problemOf(second, 'error', clash));
  };
  for (let node = 0; node < main.nodes; node++) {
    const accepts = main.accepts[node];
    if (!accepts || accepts.length < 2 || main.tail[node]) continue;
    const clash = firstClash(accepts.map((accept) => phrases[accept]!));
    if (!clash) continue;
    shortest ??= new ShortestPhrases(grammar);
    tell(shortest.to(node), ...clash);
  }
  const order = new Map([...new Set(phrases.map(({ command }) => command))].map((command, at) => [command, at]));
  for (const { from, words, first, second } of findSameWords(grammar, areRivals)) {
    shortest ??= new ShortestPhrases(grammar);
    const [one, other] = [first, second].sort((a, b) => order.get(a.command)! - order.get(b.command)!);
    tell(`${shortest.to(from)} ${words}`.trim(), one!, other!);
  }
  return problems;
}

/** Shows the arguments that a phrase gives without saying them. */
function givenText({ constants, fill = [] }: PhraseRef): string {
  return JSON.stringify({ ...constants, ...Object.fromEntries(fill.map((name) => [name, `context ${name}`])) });
}

/** Returns the first two phrases between which nothing decides. */
function firstClash(phrases: readonly PhraseRef[]): [PhraseRef, PhraseRef] | undefined {
  for (const [i, first] of phrases.entries()) {
    const second = phrases.slice(i + 1).find((other) => areRivals(first, other));
    if (second) return [first, second];
  }
  return undefined;
}

function wrongExamples(grammar: Grammar, command: GrammarCommand): Problem[] {
  if (phrasesFor(command, grammar.language.code).length === 0) return [];
  const written = Array.isArray(command.phrases) ? grammar.language.code : Object.keys(command.phrases)[0];
  const examples = (command.examples ?? []).filter(({ language = written }) => language === grammar.language.code);
  return examples.flatMap((example) => {
    const { parses } = grammar.walk(grammar.tokenize(example.say));
    const active = withLastValues([...(command.contexts ?? []), ...(example.contexts ?? [])]);
    const own = parses.find((parse) => parse.command === command && canBeSaid(parse, active));
    // What a list has at run time is not known yet.
    if (!own && Object.values(command.slots).some(({ runTime }) => runTime)) return [];
    if (!own) {
      const other = parses[0] ? `it is understood as ${parses[0].command.name}` : 'no phrase of it accepts these words';
      return [problemOf(command, 'error', `The example "${example.say}" is not this command: ${other}.`)];
    }
    const best = parses.find((parse) => !areApart(parse.command, command))!;
    if (best.command !== command && compareParses(best, own) < 0) {
      return [problemOf(command, 'error', `The example "${example.say}" is understood as ${best.command.name}.`)];
    }
    const said = new SaidText(example.say, grammar.language.fillers);
    const args = { ...argsAsSaid(command.slots, own.args, said), ...own.constants, ...filledBy(own, active) };
    if (example.args === undefined || isDeepStrictEqual(args, { ...example.args })) return [];
    return [
      problemOf(
        command,
        'error',
        `The example "${example.say}" should give ${JSON.stringify(example.args)}, ` +
          `it gives ${JSON.stringify(args)}.`,
      ),
    ];
  });
}

function idleNots(grammar: Grammar, command: GrammarCommand): Problem[] {
  return (command.not ?? []).flatMap((phrase) => {
    const { parses } = grammar.walk(grammar.tokenize(phrase));
    if (!parses.some((parse) => parse.command === command)) return [];
    return [
      problemOf(
        command,
        'warning',
        `"${phrase}" stands in "not", and a phrase of this command is exactly that; it will be turned away.`,
      ),
    ];
  });
}
