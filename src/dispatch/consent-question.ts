import { languageOf } from '../language/index.ts';
import type { Command } from '../registry/index.ts';
import { readPin, resemblesPin } from './pin.ts';
import type { AnsweredBy, AnswerMeaning, Question } from './question.ts';
import { yesNoPhrases } from './answer-phrases.ts';
import { isSureYes } from './yes-no.ts';
import { readYesNo } from './answer-words.ts';

/** What the speaker answered: a yes that suffices, a no, or a PIN that must still be checked. */
export type Consent = boolean | { pin: string };

/** What the question needs that asks whether a risky command is meant. */
export interface ConsentOptions {
  command: Pick<Command, 'name' | 'risk' | 'confirmBySpeech' | 'pin'>;
  text: string;
  language: string;
  /** Whether a PIN can be given now. */
  takesPin: boolean;
  /** Put before the question. */
  opening?: string | undefined;
  signal: AbortSignal;
}

/**
 * Makes the question that comes before a risky command. Below `high`, any yes will do. With `high`, a yes counts if it
 * is given by hand to this very question, or spoken clearly where the command allows that; so does a PIN. A command
 * with `pin` takes nothing but the PIN.
 */
export function consentQuestion(options: ConsentOptions): Question<Consent> {
  const { command, language, takesPin, signal } = options;
  const { sentences } = languageOf(language);
  const isHigh = command.risk === 'high';
  const suffices = (answer: string, by: AnsweredBy): boolean =>
    !command.pin &&
    by.isHeld !== true &&
    (!isHigh || by.isTap === true || (command.confirmBySpeech && isSureYes(answer, language, by.speech)));
  const read = (answer: string, by: AnsweredBy = { isTap: true }): AnswerMeaning<Consent> => {
    const pin = takesPin ? readPin(answer, language) : undefined;
    if (pin !== undefined) return { value: { pin } };
    const value = readYesNo(answer, language);
    // A PIN that was misheard is asked for again, and never taken for a command, whose words would be published.
    if (value === undefined) return takesPin && resemblesPin(answer, language) ? 'unsure' : 'unclear';
    return !value || suffices(answer, by) ? { value } : 'unsure';
  };
  const wanted = command.pin
    ? sentences.sayPin
    : isHigh && !command.confirmBySpeech
      ? [sentences.tap, ...(takesPin ? [sentences.sayPin] : [])].join(' ')
      : sentences.sayYes;
  return {
    command: command.name,
    kind: 'confirm',
    text: options.opening === undefined ? options.text : `${options.opening} ${options.text}`,
    read,
    hint: command.pin ? sentences.sayPin : sentences.expected(sentences.yesOrNo),
    unsureHint: wanted,
    isCostly: isHigh,
    // What the risk asks for is more than a voice; a PIN that is spoken still has one.
    ...(isHigh ? { isProof: (value, by) => by.isTap === true || (typeof value === 'object' && !by.speech) } : {}),
    ...(takesPin
      ? { pin: command.pin ? ('required' as const) : ('accepted' as const) }
      : { answers: yesNoPhrases(language) }),
    signal,
  };
}
