import type { Config } from '../config/index.ts';
import { compareParses, type Grammar, type GrammarCommand, type Steps } from '../grammar/index.ts';
import { writesSpaces } from '../language/index.ts';
import type { Candidate, CommandMatch } from '../types.ts';
import { maxCandidates, slotsOf } from './candidates.ts';
import { keepsDelay, withDelay, type SplitPhrase } from './delays.ts';
import { doubtOf } from './free-text.ts';
import type { NearMatch, Work } from './near-run.ts';
import { NearSearch } from './near.ts';
import type { MatchResult } from './result.ts';
import { SimilarWords } from './similar-words.ts';

/** From this score on, a phrase that was not accepted is still worth reporting. */
const leastCandidateScore = 0.45;

/** Tables of similar words by lexicon, because grammars of one language share a lexicon. */
const similarByLexicon = new WeakMap<object, SimilarWords>();

/** The words of a phrase that a command rules out. */
export interface NotWords {
  command: GrammarCommand;
  words: string[];
}

interface Choice {
  result: Omit<MatchResult, 'completeness'>;
  isWhole: boolean;
}

/** Decides which of the phrases that words are near to was meant, if any. */
export class NearChoice {
  readonly #grammar: Grammar;
  readonly #config: Config['match'];
  readonly #nots: readonly NotWords[];
  #near: NearSearch | undefined;

  constructor(grammar: Grammar, config: Config['match'], nots: readonly NotWords[]) {
    this.#grammar = grammar;
    this.#config = config;
    this.#nots = nots;
  }

  /** Makes what searches need, in steps, before the first one. */
  *prepare(): Steps<void> {
    const search = this.#search();
    yield;
    yield* search.prepare();
  }

  /**
   * Returns the command that the words are near to, or why there is none, and whether its phrase has just these words,
   * some of them misheard. A delay that was said is neither guessed nor left out.
   */
  choose(
    words: readonly string[],
    normalized: string[],
    { delay, ...options }: { isGreedy: boolean; work: Work; delay: SplitPhrase | undefined },
  ): Choice {
    const near = this.#choose(words, normalized, options);
    if (!delay || (near.result.match && keepsDelay(near.result.match, delay))) return near;
    const { rest } = delay;
    const folded = rest.map((word) => this.#grammar.fold(word));
    const { result } = this.#choose(rest, folded, options);
    return { result: withDelay(result, delay, this.#grammar), isWhole: false };
  }

  #choose(words: readonly string[], normalized: string[], options: { isGreedy: boolean; work: Work }): Choice {
    const { code, critical } = this.#grammar.language;
    // What turns a command around is not known there, or is a sign among others.
    if (critical.length === 0 || !writesSpaces(code))
      return { result: { candidates: [], reason: 'No command has exactly these words.' }, isWhole: false };
    const all = this.#find(words, options).filter(
      (near) => doubtOf(near, near.phrase.split(' '), this.#grammar) === undefined,
    );
    return { result: this.#judge(all, normalized), isWhole: all[0]?.isWhole === true };
  }

  #judge(all: readonly NearMatch[], normalized: string[]): Omit<MatchResult, 'completeness'> {
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
    const rival = all.find((near) => saysOtherwise(near, best) && !isLessSpecific(near, best));
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

  #find(words: readonly string[], options: { isGreedy: boolean; work: Work }): NearMatch[] {
    const plain = this.#search().find(words, leastCandidateScore, options);
    const [respelled] = this.#grammar.otherGaps(words);
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
      const { lexicon } = this.#grammar;
      let similar = similarByLexicon.get(lexicon);
      if (!similar) similarByLexicon.set(lexicon, (similar = new SimilarWords(lexicon)));
      this.#near = new NearSearch(this.#grammar, similar);
    }
    return this.#near;
  }
}

/** Whether two readings differ in more than how many words went into free text. */
function saysOtherwise(near: NearMatch, best: NearMatch): boolean {
  const { command } = near;
  if (command !== best.command) return true;
  const isText = (name: string): boolean =>
    command.slots[name]!.vagueness >= 1 && ![near, best].some(({ constants }) => name in constants);
  return Object.keys(command.slots).some((name) => !isText(name) && near.args[name] !== best.args[name]);
}

/** Whether a reading has the words of another one, and the other one would be chosen if they were said exactly. */
function isLessSpecific(near: NearMatch, best: NearMatch): boolean {
  return near.phrase === best.phrase && compareParses(best, near) < 0;
}

function explain(candidates: Candidate[], reason: string): Candidate[] {
  return candidates.map((candidate, i) =>
    i === 0 ? { ...candidate, reason: [candidate.reason, reason].filter((part) => part !== '').join('; ') } : candidate,
  );
}
