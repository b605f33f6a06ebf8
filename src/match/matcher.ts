import { isDeepStrictEqual } from 'node:util';
import type { Config } from '../config/index.ts';
import {
  compareParses,
  meanTheSame,
  withoutFillers,
  type Beginning,
  type Grammar,
  type Parse,
  type Steps,
} from '../grammar/index.ts';
import type { Candidate, CommandMatch } from '../types.ts';
import { maxCandidates, slotsOf } from './candidates.ts';
import { matchChain } from './chain.ts';
import { delayOf, eitherValueOrTime, hasDelays, splitDelay, withDelaySlot } from './delays.ts';
import { doubtOf } from './free-text.ts';
import { NearChoice, type NotWords } from './near-choice.ts';
import { maxStates } from './near-run.ts';
import { beginningReason, type MatchResult } from './result.ts';

/** One word is too little to ask what should follow. */
const leastBeginningWords = 2;

type Exact = Omit<MatchResult, 'completeness'> & Partial<Pick<MatchResult, 'completeness'>>;

/** Understands final phrases, exactly or else nearly. The same text gives the same result, spoken or typed. */
export class Matcher {
  readonly grammar: Grammar;
  readonly #config: Config['match'];
  readonly #nots: readonly NotWords[];
  readonly #hasDelays: boolean;
  readonly #near: NearChoice;

  constructor(grammar: Grammar, config: Config['match']) {
    this.grammar = grammar;
    this.#config = config;
    this.#hasDelays = hasDelays(grammar);
    const commands = new Set(grammar.phrases.map((phrase) => phrase.command));
    this.#nots = [...commands].flatMap((command) =>
      (command.not ?? []).map((phrase) => ({ command, words: this.#normalize(grammar.tokenize(phrase)) })),
    );
    this.#near = new NearChoice(grammar, config, this.#nots);
  }

  /** Makes what matching nearly and decoding need, in steps, so that the first phrase need not wait for it. */
  *prepare(): Steps<void> {
    yield* this.grammar.prepare();
    yield* this.#near.prepare();
  }

  /** The score from which on a phrase counts as a command. */
  get threshold(): number {
    return this.#config.threshold;
  }

  /** The least distance that the best reading must keep from the second best. */
  get margin(): number {
    return this.#config.margin;
  }

  /**
   * Understands a phrase. With `isPart`, it is taken as one command, not as several in one breath. Never throws because
   * of what was said.
   */
  match(text: string, { isPart = false } = {}): MatchResult {
    const words = this.grammar.tokenize(text);
    const { parses, completeness, isGreedy, isInDelay } = this.grammar.walk(words);
    const normalized = this.#normalize(words);
    if (parses.length > 0) return { completeness, ...this.#chooseExact(parses, normalized) };
    if (words.length === 0) return { candidates: [], completeness: 'none', reason: 'Nothing was said.' };
    const chain =
      this.grammar.chain && !isPart
        ? matchChain(words, this.grammar, (part) => this.match(part.join(' '), { isPart: true }))
        : undefined;
    if (chain) return chain;
    const delay = this.#hasDelays ? splitDelay(words, this.grammar) : undefined;
    const work = { states: maxStates };
    const { result: near, isWhole } = this.#near.choose(words, normalized, { isGreedy: false, work, delay });
    // When a command is to run must be known before it is found nearly.
    if (isInDelay) return { candidates: near.candidates, completeness, reason: beginningReason };
    if (isGreedy && near.match) return { ...near, completeness: 'extendable' };
    // Asking for what is missing is safer than leaving out words that were said.
    const beginning =
      completeness === 'incomplete' && words.length >= leastBeginningWords ? this.grammar.beginning(words) : undefined;
    if (near.match && beginning && isWhole && isInFreeText(beginning)) return { ...near, completeness: 'extendable' };
    if (beginning) return { candidates: near.candidates, completeness, beginning, reason: beginningReason };
    if (near.match) return { ...near, completeness: 'extendable' };
    if (completeness === 'incomplete') return { ...near, completeness, reason: beginningReason };
    const { result: greedy } = this.#near.choose(words, normalized, { isGreedy: true, work, delay });
    return greedy.match ? { ...greedy, completeness: 'extendable' } : { ...near, completeness };
  }

  #normalize(words: readonly string[]): string[] {
    return withoutFillers(this.grammar, words).map((word) => this.grammar.fold(word));
  }

  #chooseExact(parses: readonly Parse[], normalized: string[]): Exact {
    const phrase = normalized.join(' ');
    const allowed = parses.filter(
      (parse) => !this.#nots.some((not) => not.command === parse.command && not.words.join(' ') === phrase),
    );
    const [best] = allowed;
    if (!best)
      return {
        candidates: exactCandidates(parses, phrase, 'the command says that this is not meant'),
        reason: `"${phrase}" is ruled out by the command itself.`,
      };
    const rivals = allowed.filter((parse) => isOther(parse, best) && compareParses(best, parse) === 0);
    if (rivals.length > 0) {
      const names = [...new Set([best, ...rivals].map((parse) => parse.command.name))];
      const reason = `This could be ${names.length > 1 ? names.join(' or ') : `${names[0]!} with other arguments`}.`;
      const candidates = exactCandidates([best, ...rivals], phrase, `also ${names.join(' and ')}`);
      if (names.length === 1) return { candidates, reason };
      return {
        candidates,
        reason,
        choices: names.map((name) => {
          return matchOf(
            [best, ...rivals].find(({ command }) => command.name === name)!,
            normalized,
          );
        }),
      };
    }
    const time = eitherValueOrTime(best, allowed);
    if (time !== undefined)
      return {
        candidates: exactCandidates([best], phrase, `“${time}” may be a time`),
        reason: `“${time}” may be a value or a time; please say it in another way.`,
      };
    const doubt = doubtOf(best, best.words, this.grammar);
    if (doubt !== undefined && !isExample(best, phrase, this.grammar))
      return {
        candidates: exactCandidates([best], phrase, doubt),
        completeness: 'none',
        reason: doubt,
        suggestion: matchOf(best, normalized),
      };
    const others = exactCandidates(
      allowed.filter((parse) => parse.command !== best.command),
      phrase,
      'its words are less specific',
    );
    return {
      match: { ...matchOf(best, normalized), candidates: others },
      slots: withDelaySlot(slotsOf(best), best),
      candidates: others,
    };
  }
}

/** Whether the author of a command gives a phrase as an example of it. */
function isExample({ command }: Parse, phrase: string, grammar: Grammar): boolean {
  return (command.examples ?? []).some(
    ({ say }) =>
      grammar
        .tokenize(say)
        .map((word) => grammar.fold(word))
        .join(' ') === phrase,
  );
}

/** Whether two parses are not only other ways to read the values of the same phrase. */
function isOther(parse: Parse, best: Parse): boolean {
  return !meanTheSame(parse, best) && (parse.command !== best.command || !isDeepStrictEqual(parse.args, best.args));
}

/** Whether it is unknown what the words lack, because they begin like free text, which takes any words. */
function isInFreeText({ command: { slots }, args, missing: [next], isInside }: Beginning): boolean {
  const isText = (name: string): boolean => slots[name]?.type === 'text';
  return Object.keys(args).some(isText) || (isInside && isText(next.name));
}

function exactCandidates(parses: readonly Parse[], phrase: string, reason: string): Candidate[] {
  return parses.slice(0, maxCandidates).map((parse) => ({ command: parse.command.name, phrase, score: 1, reason }));
}

function matchOf(parse: Parse, normalized: readonly string[]): CommandMatch {
  return {
    command: parse.command.name,
    args: parse.args,
    score: 1,
    via: 'exact',
    phrase: normalized.join(' '),
    candidates: [],
    ...(parse.delay ? { delay: delayOf(parse.delay, normalized) } : {}),
  };
}
