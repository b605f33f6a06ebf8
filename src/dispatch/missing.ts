import { baseCode, languageOf, nameInWords } from '../language/index.ts';
import type { Command } from '../registry/index.ts';
import type { AnswerMeaning } from './question.ts';

/** A slot that a phrase left out. */
export interface MissingSlotName {
  command: string;
  name: string;
}

/**
 * One question for the slot that a phrase left out. Where several commands begin like the phrase, it asks for one slot
 * of each, and the answer decides which command is meant.
 */
export interface MissingSlotQuestion<T> {
  slots: readonly [MissingSlotName, ...MissingSlotName[]];
  /** Returns the value of an answer; "unsure" when it fits several slots, "unclear" when it fits none. */
  read: (answer: string) => Exclude<AnswerMeaning<T>, 'cancelled'>;
}

/** Returns the question that asks for the slots: in the words of the commands' authors, or else in heed's own. */
export function questionFor(
  slots: readonly MissingSlotName[],
  commandOf: (name: string) => Command | undefined,
  language: string,
): string {
  const { which, or } = languageOf(language).sentences;
  const asked = slots.map(({ command, name }) => ({
    name: nameInWords(name),
    own: ownQuestion(commandOf(command), name, language),
  }));
  if (asked.every(({ own }) => own === undefined))
    return which(
      joined(
        asked.map(({ name }) => name),
        ` ${or} `,
      ),
    );
  const questions = asked.map(({ name, own }) => own ?? which(name));
  const last = questions.length - 1;
  return joined(
    questions.map((question, i) => asPart(question, { isFirst: i === 0, isLast: i === last })),
    `, ${or} `,
  );
}

function ownQuestion(command: Command | undefined, name: string, language: string): string | undefined {
  const own = command?.missing?.[name];
  const code = baseCode(language);
  const text = typeof own === 'object' ? (own[language] ?? own[code]) : own;
  return text ?? command?.slots[name]?.question?.(languageOf(language));
}

/** Joins parts as in "a, b or c". */
export function joined(parts: readonly string[], or: string): string {
  return [parts.slice(0, -1).join(', '), parts.at(-1)!].filter((part) => part !== '').join(or);
}

/** Makes a question a part of a longer one: "Which colour?" becomes "which colour". */
function asPart(question: string, { isFirst, isLast }: { isFirst: boolean; isLast: boolean }): string {
  const begun = isFirst ? question : question.replace(/^¿\s*/, '').replace(/^./u, (letter) => letter.toLowerCase());
  return isLast ? begun : begun.replace(/\s*[?.!…]+\s*$/, '');
}
