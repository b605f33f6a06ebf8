import { languageOf } from '../language/index.ts';
import type { Command } from '../registry/index.ts';

/** What can be said in answer to a question, written like the phrases of a command. Never changed once it is made. */
export interface AnswerPhrases {
  readonly phrases: readonly string[];
  readonly slots: Command['slots'];
}

type AnySlot = Command['slots'][string];

const yesNo = new Map<string, AnswerPhrases>();

/** Returns the answers to a yes-or-no question. */
export function yesNoPhrases(language: string): AnswerPhrases {
  const { code, answers } = languageOf(language);
  let known = yesNo.get(code);
  if (!known) {
    known = { phrases: [...new Set([...answers.yes, ...answers.no, ...answers.cancel])], slots: {} };
    yesNo.set(code, known);
  }
  return known;
}

/** Returns the values of any of these slots, as an answer has them; undefined when any words are an answer. */
export function slotPhrases(slots: readonly AnySlot[], language: string): AnswerPhrases | undefined {
  if (slots.some(({ type }) => type === 'text')) return undefined;
  const named = slots.map((slot, index) => [`value${index}`, slot] as const);
  return {
    phrases: [...named.map(([name]) => `${smallWords(language)} {${name}}`), ...languageOf(language).answers.cancel],
    slots: Object.fromEntries(named),
  };
}

/** Returns a template for up to two words that hardly matter, which people say before a value: "to the". */
export function smallWords(language: string): string {
  const { weak } = languageOf(language);
  return weak.length > 0 ? `[${weak.join('|')}] [${weak.join('|')}]` : '';
}
