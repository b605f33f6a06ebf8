import type { Config } from '../config/index.ts';
import type { AnswerPhrases, CommandRunner } from '../dispatch/index.ts';
import { compileGrammar, firstPhrases, joinGraphs, type Grammar, type WakeWords } from '../grammar/index.ts';
import { languageOf } from '../language/index.ts';
import { Matcher, understandReply } from '../match/index.ts';
import type { DecoderGraph, Transcript } from '../types.ts';
import { backGrammar } from './go-back.ts';
import type { ActiveGrammar } from './grammars.ts';
import { keptGrammars } from './kept-grammars.ts';
import type { ReadingGrammar } from './segment-readings.ts';

/** What a transcript says that is no command, and how sure that is, 0–1. */
export interface Reply {
  kind: 'answer' | 'back';
  phrase: string;
  score: number;
}

/** When something is said, and in which language. */
interface Moment {
  /** When its speech was noticed, ms of the session's clock. */
  startedAtMs: number;
  language: string;
}

/** What can be said at a moment besides commands. */
interface Expected {
  kind: Reply['kind'];
  /** Undefined when it may be any words. */
  grammar: Grammar | undefined;
  mayBeCommand: boolean;
}

/** How many values of a list are a part of the decoder's prompt while they are an answer. */
const mostExamples = 12;

const joined = new WeakMap<DecoderGraph, WeakMap<DecoderGraph, DecoderGraph>>();

/**
 * Knows what can be said at a moment besides commands: while a question is open, its answers; after a command, what
 * goes back to it.
 */
export class Replies {
  readonly #config: Config['match'];
  readonly #dispatcher: Pick<CommandRunner, 'expected' | 'last'>;

  constructor(config: Config['match'], dispatcher: Pick<CommandRunner, 'expected' | 'last'>) {
    this.#config = config;
    this.#dispatcher = dispatcher;
  }

  /** Returns what a reading is held to: commands, after a wake phrase if one is given, and replies. */
  readingGrammar(commands: ActiveGrammar, moment: Moment, wake: WakeWords | undefined): ReadingGrammar {
    const { boost } = commands;
    const graph = wake ? commands.wakeGraph?.(wake) : commands.graph;
    const expected = this.#expected(moment);
    if (!expected) return { graph, boost };
    const { grammar, mayBeCommand, kind } = expected;
    // An answer needs no wake phrase.
    const own = grammar && (wake && kind === 'back' ? grammar.wakeGraph(wake) : grammar.graph);
    if (!mayBeCommand) return { graph: own, boost };
    return { graph: own && graph ? join(own, graph) : (own ?? graph), boost };
  }

  /** Returns the reply that a transcript surely is. */
  understand(transcript: Transcript, commands: Matcher, moment: Moment): Reply | undefined {
    const { kind, grammar } = this.#expected(moment) ?? {};
    if (!kind || !grammar) return undefined;
    const match = understandReply(new Matcher(grammar, this.#config), transcript, commands);
    return match && { kind, phrase: match.phrase, score: match.score };
  }

  #expected({ startedAtMs, language }: Moment): Expected | undefined {
    const { expected: question } = this.#dispatcher;
    if (question) {
      const { answers, mayBeCommand } = question;
      return { kind: 'answer', grammar: answers && answerGrammar(answers, language), mayBeCommand };
    }
    const command = this.#dispatcher.last(startedAtMs)?.command;
    if (!command || command.risk === 'high') return undefined;
    return { kind: 'back', grammar: backGrammar(command, language), mayBeCommand: true };
  }
}

const answerGrammar = keptGrammars((answers: AnswerPhrases, language) => {
  const values = Object.values(answers.slots).flatMap((slot) => firstPhrases(slot, languageOf(language), mostExamples));
  const examples = values.flatMap((say) => (say === undefined ? [] : [{ say, language }]));
  return compileGrammar([{ name: 'answer', ...answers, examples }], { language }).grammar;
});

function join(own: DecoderGraph, commands: DecoderGraph): DecoderGraph {
  let kept = joined.get(own);
  if (!kept) joined.set(own, (kept = new WeakMap<DecoderGraph, DecoderGraph>()));
  let graph = kept.get(commands);
  if (!graph) kept.set(commands, (graph = joinGraphs([own, commands])));
  return graph;
}
