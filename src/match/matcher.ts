import { isDeepStrictEqual } from 'node:util';
import type { Config } from '../config/index.ts';
import {
  compareParses,
  meanTheSame,
  withoutFillers,
  type Grammar,
  type GrammarCommand,
  type Parse,
} from '../grammar/index.ts';
import { writesSpaces } from '../language/index.ts';
import type { Candidate, CommandMatch } from '../types.ts';
import { matchChain } from './chain.ts';
import {
  delayOf,
  eitherValueOrTime,
  hasDelays,
  keepsDelay,
  splitDelay,
  withDelay,
  withDelaySlot,
  type SplitPhrase,
} from './delays.ts';
import { NearSearch } from './near.ts';
import type { NearMatch } from './near-run.ts';
import { beginningReason, type MatchedSlot, type MatchResult } from './result.ts';
import { SimilarWords } from './similar-words.ts';

/** From this score on, a phrase that was not accepted is still worth reporting. */
const leastCandidateScore = 0.45;
const maxCandidates = 5;
/** One word is too little to ask what should follow. */
const leastBeginningWords = 2;

/** Tables of similar words by lexicon, because grammars of one language share a lexicon. */
const similarByLexicon = new WeakMap<object, SimilarWords>();

/** Understands final phrases, exactly or else nearly. The same text gives the same result, spoken or typed. */
export class Matcher {
  readonly grammar: Grammar;
  readonly #config: Config['match'];
  readonly #nots: readonly { command: GrammarCommand; words: string[] }[];
  readonly #hasDelays: boolean;
  #near: NearSearch | undefined;

  constructor(grammar: Grammar, config: Config['match']) {
    this.grammar = grammar;
    this.#config = config;
    this.#hasDelays = hasDelays(grammar);
    const commands = new Set(grammar.phrases.map((phrase) => phrase.command));
    this.#nots = [...commands].flatMap((command) =>
      (command.not ?? []).map((phrase) => ({ command, words: this.#normalize(phrase) })),
    );
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
    const normalized = this.#normalize(text);
    if (parses.length > 0) return { ...this.#chooseExact(parses, normalized), completeness };
    if (words.length === 0) return { candidates: [], completeness: 'none', reason: 'Nothing was said.' };
    const chain =
      this.grammar.chain && !isPart
        ? matchChain(words, this.grammar, (part) => this.match(part.join(' '), { isPart: true }))
        : undefined;
    if (chain) return chain;
    const delay = this.#hasDelays ? splitDelay(words, this.grammar) : undefined;
    const near = this.#chooseDelayed(words, normalized, { isGreedy: false, delay });
    // When a command is to run must be known before it is found nearly.
    if (isInDelay) return { candidates: near.candidates, completeness, reason: beginningReason };
    if (isGreedy && near.match) return { ...near, completeness: 'extendable' };
    // Asking for what is missing is safer than leaving out words that were said.
    const beginning =
      completeness === 'incomplete' && words.length >= leastBeginningWords ? this.grammar.beginning(words) : undefined;
    if (beginning) return { candidates: near.candidates, completeness, beginning, reason: beginningReason };
    if (near.match) return { ...near, completeness: 'extendable' };
    if (completeness === 'incomplete') return { ...near, completeness, reason: beginningReason };
    const greedy = this.#chooseDelayed(words, normalized, { isGreedy: true, delay });
    return greedy.match ? { ...greedy, completeness: 'extendable' } : { ...near, completeness };
  }

  #normalize(text: string): string[] {
    return withoutFillers(this.grammar, this.grammar.tokenize(text)).map((word) => this.grammar.fold(word));
  }

  #chooseExact(parses: readonly Parse[], normalized: string[]): Omit<MatchResult, 'completeness'> {
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
    const others = exactCandidates(
      allowed.filter((parse) => parse.command !== best.command),
      phrase,
      'its words are less specific',
    );
    return {
      match: { ...matchOf(best, normalized), candidates: others },
      slots: slotsOf(best),
      candidates: others,
    };
  }

  /** As `#chooseNear`, but a delay that was said is neither guessed nor left out. */
  #chooseDelayed(
    words: readonly string[],
    normalized: string[],
    { isGreedy, delay }: { isGreedy: boolean; delay: SplitPhrase | undefined },
  ): Omit<MatchResult, 'completeness'> {
    const near = this.#chooseNear(words, normalized, { isGreedy });
    if (!delay || (near.match && keepsDelay(near.match, delay))) return near;
    const { rest } = delay;
    const folded = rest.map((word) => this.grammar.fold(word));
    return withDelay(this.#chooseNear(rest, folded, { isGreedy }), delay, this.grammar);
  }

  #chooseNear(
    words: readonly string[],
    normalized: string[],
    options: { isGreedy: boolean },
  ): Omit<MatchResult, 'completeness'> {
    const { code, critical } = this.grammar.language;
    // What turns a command around is not known there, or is a sign among others.
    if (critical.length === 0 || !writesSpaces(code))
      return { candidates: [], reason: 'No command has exactly these words.' };
    const all = this.#findNear(words, options);
    const [best] = all;
    const likeliest = all.filter((near, index) => all.findIndex(({ command }) => command === near.command) === index);
    const candidates = likeliest.slice(0, maxCandidates).map((near) => this.#candidateOf(near));
    if (!best) return { candidates, reason: 'No command sounds like this.', isFar: true };
    const not = this.#nearerNot(best, normalized);
    if (not)
      return {
        candidates: explain(candidates, `nearer to "${not}", which is no command`),
        reason: `This is nearer to "${not}", which is no command.`,
      };
    if (best.score < this.#config.threshold) {
      return {
        candidates,
        isFar: true,
        reason:
          `The nearest command is ${best.command.name}, and too far away ` +
          `(${best.score.toFixed(2)} of ${this.#config.threshold}): ${best.reason}.`,
      };
    }
    const rival = all.find((near) => saysOtherwise(near, best));
    if (rival && best.score - rival.score < this.#config.margin) {
      return {
        candidates,
        reason: `This could be "${best.phrase}" or "${rival.phrase}".`,
        choices: [best, rival].map(({ command, args, score, phrase }) => ({
          command: command.name,
          args,
          score,
          via: 'near',
          phrase,
          candidates: [],
        })),
      };
    }
    const others = candidates.slice(1);
    const match: CommandMatch = {
      command: best.command.name,
      args: best.args,
      score: best.score,
      via: 'near',
      phrase: best.phrase,
      candidates: others,
    };
    return { match, slots: slotsOf(best), candidates: others };
  }

  #findNear(words: readonly string[], options: { isGreedy: boolean }): NearMatch[] {
    const plain = this.#search().find(words, leastCandidateScore, options);
    const [respelled] = this.grammar.otherGaps(words);
    const other = respelled ? this.#search().find(respelled, leastCandidateScore, options) : [];
    return (other[0]?.score ?? 0) > (plain[0]?.score ?? 0) ? other : plain;
  }

  #candidateOf(near: NearMatch): Candidate {
    return { command: near.command.name, phrase: near.phrase, score: near.score, reason: near.reason };
  }

  /** Returns a `not` phrase of the command that is at least as near as the phrase itself. */
  #nearerNot(near: NearMatch, normalized: string[]): string | undefined {
    const search = this.#search();
    return this.#nots
      .find((not) => not.command === near.command && search.distance(normalized, not.words) <= near.cost)
      ?.words.join(' ');
  }

  #search(): NearSearch {
    if (!this.#near) {
      const { lexicon } = this.grammar;
      let similar = similarByLexicon.get(lexicon);
      if (!similar) similarByLexicon.set(lexicon, (similar = new SimilarWords(lexicon)));
      this.#near = new NearSearch(this.grammar, similar);
    }
    return this.#near;
  }
}

/** Whether two parses are not only other ways to read the values of the same phrase. */
function isOther(parse: Parse, best: Parse): boolean {
  return !meanTheSame(parse, best) && (parse.command !== best.command || !isDeepStrictEqual(parse.args, best.args));
}

/** Whether two readings differ in more than how many words went into free text. */
function saysOtherwise(near: NearMatch, best: NearMatch): boolean {
  const { command } = near;
  if (command !== best.command) return true;
  const isText = (name: string): boolean =>
    command.slots[name]!.vagueness >= 1 && ![near, best].some(({ constants }) => name in constants);
  return Object.keys(command.slots).some((name) => !isText(name) && near.args[name] !== best.args[name]);
}

function exactCandidates(parses: readonly Parse[], phrase: string, reason: string): Candidate[] {
  return parses.slice(0, maxCandidates).map((parse) => ({ command: parse.command.name, phrase, score: 1, reason }));
}

function explain(candidates: Candidate[], reason: string): Candidate[] {
  return candidates.map((candidate, i) =>
    i === 0 ? { ...candidate, reason: [candidate.reason, reason].filter((part) => part !== '').join('; ') } : candidate,
  );
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

function slotsOf(parse: Pick<Parse, 'captures' | 'delay'>): MatchedSlot[] {
  const slots = parse.captures.map(({ name, words, value }) => ({ name, words: words.join(' '), value }));
  return withDelaySlot(slots, parse);
}
