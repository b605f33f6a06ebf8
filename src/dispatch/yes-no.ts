import { languageOf } from '../language/index.ts';
import { isClearYes, readYesNo } from './answer-words.ts';
import type { SpeechEvidence, Question, AnswerMeaning } from './dialog.ts';

/**
 * A yes to a question of high risk is speech at least so surely, word for word: synthesized ones have 0.56 to 0.72,
 * "less" and "Jess" that were read as one 0.33 to 0.48.
 */
const leastYesConfidence = 0.5;

/** What a yes-or-no question is made of. */
export interface YesNoOptions {
  command: string;
  text: string;
  language: string;
  /** A spoken yes must be a clear one. */
  isCostly: boolean;
  signal: AbortSignal;
}

/** A question that a yes, a no and nothing else answers. */
export function yesNoQuestion({ command, text, language, isCostly, signal }: YesNoOptions): Question<boolean> {
  const read = (answer: string, speech?: SpeechEvidence): AnswerMeaning<boolean> => {
    const value = readYesNo(answer, language);
    if (value === undefined) return 'unclear';
    const isSure =
      !value || !isCostly || !speech || (speech.confidence >= leastYesConfidence && isClearYes(answer, language));
    return isSure ? { value } : 'unsure';
  };
  const { expected, yesOrNo, sayYes } = languageOf(language).sentences;
  return { command, kind: 'confirm', text, read, hint: expected(yesOrNo), unsureHint: sayYes, isCostly, signal };
}
