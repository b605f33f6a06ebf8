import { asHeedError } from '../errors.ts';
import { languageOf, nameInWords } from '../language/index.ts';
import type { Command } from '../registry/index.ts';
import type { CommandMatch } from '../types.ts';
import { slotPhrases, type AnswerPhrases } from './answer-phrases.ts';
import { isCancel, isPlainNo } from './answer-words.ts';
import type { Dialog } from './dialog.ts';
import type { GroundSource } from './ground.ts';
import { joined, questionFor, type MissingSlotName, type MissingSlotQuestion } from './missing.ts';
import { capitalized } from './plans/due-words.ts';
import type { AnsweredBy } from './question.ts';
import { yesNoQuestion } from './yes-no.ts';

/** What heed's own questions need. */
export interface OwnQuestionsOptions {
  dialog: Dialog;
  registry: GroundSource['registry'];
  /** Whether the session has ended. */
  isOver: () => boolean;
}

/** A question for one of several commands. */
export interface Choice {
  /** The first of them, under whose name it is asked. */
  command: string;
  options: readonly string[];
  /** What can be said for them. */
  answers: AnswerPhrases;
  /** Returns the position of the option that an answer means; undefined when it means none. */
  read: (answer: string) => number | undefined;
}

/** Takes how a question was answered: the voice is checked when the command that it was for is given. */
export type OnAnswered = (by: AnsweredBy) => void;

/** Whether a suggested command is meant; the reason says why not, if the speaker was asked. */
export interface Suggested {
  isMeant: boolean;
  reason?: string;
}

/** The questions that heed asks by itself, before it is clear which command is to run with what. */
export class OwnQuestions {
  readonly #options: OwnQuestionsOptions;

  constructor(options: OwnQuestionsOptions) {
    this.#options = options;
  }

  /** Asks for a slot that a phrase left out. Rejects with `aborted` and the reason when no answer comes. */
  askMissing<T>(language: string, { slots, read }: MissingSlotQuestion<T>, onAnswered: OnAnswered): Promise<T> {
    return this.#options.dialog.ask({
      command: slots[0].command,
      kind: 'ask',
      isOptional: true,
      answers: slotPhrases(this.#slotsOf(slots), language),
      text: questionFor(slots, (name) => this.#options.registry.get(name), language),
      read: (answer) => (isCancel(answer, language) ? 'cancelled' : read(answer)),
      onAnswered,
      signal: neverAborted(),
    });
  }

  /**
   * Asks which of a few commands is meant, and resolves with the position of the answer. Rejects with
   * `aborted` and the reason when no answer comes.
   */
  choose(language: string, { command, options, answers, read }: Choice, onAnswered: OnAnswered): Promise<number> {
    const text = joined(options, ` ${languageOf(language).sentences.or} `);
    return this.#options.dialog.ask({
      command,
      kind: 'ask',
      isOptional: true,
      text: `${capitalized(text)}?`,
      options,
      answers,
      read: (answer) => {
        if (isCancel(answer, language) || isPlainNo(answer, language)) return 'cancelled';
        const value = read(answer);
        return value === undefined ? 'unclear' : { value };
      },
      onAnswered,
      signal: neverAborted(),
    });
  }

  /**
   * Asks whether a command that was not understood surely is meant. Asks only for a command of low risk, and only while
   * no other question is open. Never rejects.
   */
  async suggest(language: string, match: CommandMatch, onAnswered: OnAnswered): Promise<Suggested> {
    const { command } = match;
    const isCheap = this.#options.registry.get(command)?.risk === 'low';
    if (!isCheap || this.#options.isOver() || this.#options.dialog.isAsking) return { isMeant: false };
    const text = languageOf(language).sentences.confirm(describe(match));
    const signal = neverAborted();
    const question = { ...yesNoQuestion({ command, text, language, isCostly: false, signal }), onAnswered };
    return this.#options.dialog.ask(question).then(
      (isMeant) => (isMeant ? { isMeant } : { isMeant, reason: 'The speaker said no.' }),
      (error: unknown) => ({ isMeant: false, reason: asHeedError(error).message }),
    );
  }

  #slotsOf(names: readonly MissingSlotName[]): Command['slots'][string][] {
    return names.flatMap(({ command, name }) => this.#options.registry.get(command)?.slots[name] ?? []);
  }
}

/**
 * Describes a match in a question. What was heard word for word is known, but not which command it would be: the words
 * may mean another one.
 */
function describe({ command, phrase, via }: CommandMatch): string {
  return via === 'exact' ? `${nameInWords(command)}: ${phrase}` : phrase;
}

/** The signal of a question that no handler asks: the dialog itself ends it, with the session or with heed. */
export function neverAborted(): AbortSignal {
  return new AbortController().signal;
}
