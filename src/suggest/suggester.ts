import type { GrammarCommand } from '../grammar/index.ts';
import { hasOtherMeaning, type Matcher, type MatchResult } from '../match/index.ts';
import { Recent } from '../platform/recent.ts';
import type { CommandMatch } from '../types.ts';
import { similarity, type SentenceModel } from './sentence-model.ts';
import { wordingsOf } from './wordings.ts';

/** What was said, and how it was understood. */
export interface Unmatched {
  text: string;
  result: MatchResult;
  matcher: Matcher;
  /** Whether a command may be suggested. */
  mayBeMeant: (command: string) => boolean;
}

/**
 * From this score on a sentence is near enough, and this is its least lead over one that means something else. Both are
 * fitted to the developing half of the sentences of `npm run bench -- paraphrase` (docs/decisions/language-model.md).
 */
const least = { score: 0.65, lead: 0.03 };
/** The longest time in which a suggestion may be found, ms; later than this it would surprise. */
const maxMs = 1_500;
/** How many sentences the model gets at a time, so that the time limit is kept between them. */
const batchSize = 16;
/** How many vectors are kept; each takes a kilobyte and a half. */
const keptVectors = 8_192;
/** How many commands are looked at closely. If there are more, those come first whose examples mean nearly the same. */
const maxClose = 24;
/** A longer utterance is no command that was worded differently. */
const maxWords = 24;

/**
 * Sentences that have nothing to do with each other. Some models find any two sentences similar: what they find between
 * these ones counts as none at all.
 */
const unrelated = [
  'the sky is blue today',
  'my sister works at the hospital',
  'how much is a ticket to rome',
  'three plus four is seven',
  'we had soup for lunch',
  'please sign here',
  'the train was late again',
  'dogs like to run',
];

/** A sentence of a command. */
interface Wording {
  sentence: string;
  command: GrammarCommand;
}

type Scored = Wording & { score: number };
type Understood = Scored & { match: CommandMatch };

/**
 * The last resort for words that no command accepts: finds the command whose sentence means nearly the same. The model
 * only chooses among sentences of the grammar, so that the arguments come from the matcher, and a value that was not
 * said is never made up. It works on one utterance at a time; others get no suggestion meanwhile.
 */
export class Suggester {
  readonly #model: SentenceModel;
  readonly #now: () => number;
  readonly #kept = new Recent<string, Float32Array>(keptVectors);
  #prior: number | undefined;
  #isBusy = false;

  constructor(model: SentenceModel, { now = () => performance.now() }: { now?: () => number } = {}) {
    this.#model = model;
    this.#now = now;
  }

  /** Returns the command that was probably meant; undefined when there is none. Rejects when the model fails. */
  async suggest(unmatched: Unmatched): Promise<CommandMatch | undefined> {
    const { text, result, matcher } = unmatched;
    const words = matcher.grammar.tokenize(text);
    if (this.#isBusy || !isOpen(result) || words.length > maxWords) return undefined;
    this.#isBusy = true;
    try {
      const found = await this.#find(words, unmatched, this.#now() + maxMs);
      return found && { ...found.match, score: found.score, via: 'model', candidates: result.candidates };
    } finally {
      this.#isBusy = false;
    }
  }

  async #find(
    words: readonly string[],
    { text, matcher, mayBeMeant }: Unmatched,
    deadlineMs: number,
  ): Promise<Understood | undefined> {
    const score = (wordings: readonly Wording[]): Promise<Scored[]> => this.#score(text, wordings, deadlineMs);
    const { grammar } = matcher;
    const all = [...new Set(grammar.phrases.map(({ command }) => command))].filter(({ name }) => mayBeMeant(name));
    const close = all.length <= maxClose ? all : nearest(await score(all.flatMap(examplesOf)));
    const wordings = close.flatMap((command) =>
      wordingsOf(words, command, grammar).map((sentence) => ({ sentence, command })),
    );
    const best = chooseBest(await score(wordings), matcher);
    if (!best || hasOtherMeaning(text, best.sentence, grammar)) return undefined;
    const { command } = best;
    const nots = await score((command.not ?? []).map((sentence) => ({ sentence, command })));
    return nots.some((not) => not.score >= best.score) ? undefined : best;
  }

  close(): Promise<void> {
    return this.#model.close();
  }

  /** Returns how near the sentences are, the nearest first; none when that takes too long. */
  async #score(text: string, wordings: readonly Wording[], deadlineMs: number): Promise<Scored[]> {
    if (wordings.length === 0) return [];
    const all = [...unrelated, text, ...wordings.map(({ sentence }) => sentence)];
    const vectors = await this.#embed(all, deadlineMs);
    if (!vectors) return [];
    const prior = (this.#prior ??= priorOf(vectors.slice(0, unrelated.length)));
    const said = vectors[unrelated.length]!;
    return wordings
      .map((wording, i) => {
        const near = similarity(said, vectors[unrelated.length + 1 + i]!);
        return { ...wording, score: Math.min(1, Math.max(0, (near - prior) / (1 - prior))) };
      })
      .sort((a, b) => b.score - a.score);
  }

  /** Returns the vectors of the sentences; undefined when the time is over. Those that are ready are kept. */
  async #embed(sentences: readonly string[], deadlineMs: number): Promise<Float32Array[] | undefined> {
    const keys = sentences.map((sentence) => sentence.toLowerCase());
    const known = new Map<string, Float32Array>();
    for (const key of keys) {
      const vector = this.#kept.get(key);
      if (vector) known.set(key, vector);
    }
    const missing = [...new Set(keys)].filter((key) => !known.has(key));
    for (let from = 0; from < missing.length; from += batchSize) {
      if (this.#now() > deadlineMs) return undefined;
      const batch = missing.slice(from, from + batchSize);
      const vectors = await this.#model.embed(batch);
      for (const [i, key] of batch.entries()) {
        known.set(key, vectors[i]!);
        this.#kept.set(key, vectors[i]!);
      }
    }
    return this.#now() > deadlineMs ? undefined : keys.map((key) => known.get(key)!);
  }
}

/** How similar the model finds sentences that have nothing in common. */
function priorOf(vectors: readonly Float32Array[]): number {
  const pairs = vectors.flatMap((a, i) => vectors.slice(i + 1).map((b) => similarity(a, b)));
  return pairs.reduce((sum, value) => sum + value, 0) / pairs.length;
}

/** Whether nothing speaks against a suggestion: the words resemble no command that they are surely not. */
function isOpen({ match, choices, suggestion, beginning, unknown, completeness, isFar }: MatchResult): boolean {
  const isOther = match ?? choices ?? suggestion ?? beginning ?? unknown;
  return isFar === true && completeness === 'none' && isOther === undefined;
}

/** Returns the commands of the nearest sentences. */
function nearest(scored: readonly Scored[]): GrammarCommand[] {
  return [...new Set(scored.map(({ command }) => command))].slice(0, maxClose);
}

function examplesOf(command: GrammarCommand): Wording[] {
  return (command.examples ?? []).map(({ say }) => ({ sentence: say, command }));
}

/** Returns the nearest sentence, if it is near enough and no other meaning is as near. */
function chooseBest(scored: readonly Scored[], matcher: Matcher): Understood | undefined {
  let best: Understood | undefined;
  for (const wording of scored) {
    if (wording.score < (best ? best.score - least.lead : least.score)) break;
    const { match } = matcher.match(wording.sentence, { isPart: true });
    if (match?.via !== 'exact' || match.command !== wording.command.name) continue;
    if (!best) best = { ...wording, match };
    else if (!isSameMeaning(match, best.match)) return undefined;
  }
  return best;
}

function isSameMeaning(a: CommandMatch, b: CommandMatch): boolean {
  const names = new Set([...Object.keys(a.args), ...Object.keys(b.args)]);
  return a.command === b.command && [...names].every((name) => a.args[name] === b.args[name]);
}
