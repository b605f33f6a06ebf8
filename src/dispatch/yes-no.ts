import { languageOf } from '../language/index.ts';
import { yesNoPhrases } from './answer-phrases.ts';
import { isClearYes, readYesNo } from './answer-words.ts';
import type { AnsweredBy, AnswerMeaning, Question, SpeechEvidence } from './question.ts';

/**
 * The confidence that every word of a spoken yes to a question of high risk must have. Most synthesized
 * yeses have more, "less" and "Jess" that are read as a yes have less (docs/decisions/clear-yes.md).
 */
const leastYesConfidence = 0.53;

/** What a yes-or-no question needs. */
export interface YesNoOptions {
  command: string;
  text: string;
  language: string;
  /** Whether a mistake would be costly: then a spoken yes must be a clear and sure one. */
  isCostly: boolean;
  signal: AbortSignal;
}

/** Whether a yes is typed, or spoken clearly in a word that is rarely said for any other reason. */
export function isSureYes(answer: string, language: string, speech: SpeechEvidence | undefined): boolean {
  return !speech || (speech.confidence >= leastYesConfidence && isClearYes(answer, language));
}

/** Makes a question that only a yes or a no answers. */
export function yesNoQuestion({ command, text, language, isCostly, signal }: YesNoOptions): Question<boolean> {
  const read = (answer: string, by?: AnsweredBy): AnswerMeaning<boolean> => {
    const value = readYesNo(answer, language);
    if (value === undefined) return 'unclear';
    const isSure = by?.isHeld !== true && (!isCostly || isSureYes(answer, language, by?.speech));
    return !value || isSure ? { value } : 'unsure';
  };
  const { expected, yesOrNo, sayYes } = languageOf(language).sentences;
  return {
    command,
    kind: 'confirm',
    text,
    read,
    hint: expected(yesOrNo),
    unsureHint: sayYes,
    isCostly,
    answers: yesNoPhrases(language),
    signal,
  };
}
