import { allLanguages, languageOf, nameInWords } from '../language/index.ts';
import { foldWord, tokenize } from '../grammar/index.ts';
import type { AnswerPhrases } from '../dispatch/index.ts';
import type { CommandMatch } from '../types.ts';
import { answered, type Asked, type AskingOptions } from './asked.ts';

/** Asks which of several commands is meant, unless another question is open. */
export async function choose(
  choices: readonly CommandMatch[],
  { language, dispatcher, onAnswered }: AskingOptions,
): Promise<Asked> {
  const options = labelsOf(choices);
  if (!options || dispatcher.isAsking) return {};
  return answered(
    dispatcher.questions
      .choose(
        language,
        {
          command: choices[0]!.command,
          options,
          answers: answersTo(options, language),
          read: (answer) => readChoice(answer, options, language),
        },
        onAnswered,
      )
      .then((index) => ({ ...choices[index]!, via: 'dialog' as const })),
  );
}

/** Commands are told apart by their phrases, or else by their names; undefined when neither tells them apart. */
function labelsOf(choices: readonly CommandMatch[]): string[] | undefined {
  const areDistinct = (labels: string[]): boolean => new Set(labels).size === labels.length;
  const [phrases, names] = [choices.map(({ phrase }) => phrase), choices.map(({ command }) => nameInWords(command))];
  return areDistinct(phrases) ? phrases : areDistinct(names) ? names : undefined;
}

/** Returns what can be said for each option: its place, and those of its words that no other one has. */
export function answersTo(options: readonly string[], language: string): AnswerPhrases {
  const { answers, dialog } = languageOf(language);
  const parts = options.flatMap((option) => partsOf(tokenize(option)));
  return {
    phrases: [
      ...new Set(parts.filter((part) => readChoice(part, options, language) !== undefined)),
      ...dialog.places.slice(0, options.length).flat(),
      ...answers.cancel,
      ...answers.no,
    ],
    slots: {},
  };
}

/** Returns all runs of words in an option. */
function partsOf(words: readonly string[]): string[] {
  return words.flatMap((_, from) => words.slice(from).map((_, more) => words.slice(from, from + more + 1).join(' ')));
}

/** Words such as "please", in the form in which an answer is compared. */
const courtesy = new Set(allLanguages.flatMap(({ answers }) => answers.courtesy.flatMap(tokenize)).map(foldWord));

/** Returns the position of the choice that an answer means: by its place, or by words that only this choice has. */
export function readChoice(answer: string, options: readonly string[], language: string): number | undefined {
  const known = languageOf(language);
  const said = tokenize(answer);
  const place = known.dialog.places.findIndex((ways) => ways.some((way) => tokenize(way).join(' ') === said.join(' ')));
  if (place >= 0) return place < options.length ? place : undefined;
  const small = new Set([...known.weak, ...known.fillers].map(foldWord));
  const words = said.map(foldWord).filter((word) => !small.has(word) && !courtesy.has(word));
  if (words.length === 0) return undefined;
  const fitting = options.flatMap((option, index) => {
    const own = new Set(tokenize(option).map(foldWord));
    return words.every((word) => own.has(word)) ? [index] : [];
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}
