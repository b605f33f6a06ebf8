import type { CommandRunner, PlannedCommand } from '../dispatch/index.ts';
import { asHeedError } from '../errors.ts';
import { tokenize } from '../grammar/index.ts';
import { languageOf } from '../language/index.ts';
import { answersTo, readChoice } from './choice.ts';

/** What a phrase wants of what is planned. */
export type PlannedWish = 'tell' | 'cancel';

/** How many planned commands are named. */
const maxTold = 5;
/** How many are offered when one is to be called off. */
const maxOffered = 3;

/** Returns what a phrase wants of what is planned; undefined if it is about something else. */
export function plannedWish(text: string, language: string): PlannedWish | undefined {
  const { dialog } = languageOf(language);
  const said = tokenize(text).join(' ');
  const isOneOf = (ways: readonly string[]): boolean => ways.some((way) => tokenize(way).join(' ') === said);
  return isOneOf(dialog.planned) ? 'tell' : isOneOf(dialog.unplan) ? 'cancel' : undefined;
}

/** Tells what is planned, or calls one of it off: the one that was planned just before, or the one that is chosen. */
export async function answerWish(
  wish: PlannedWish,
  { language, atMs, dispatcher }: { language: string; atMs: number; dispatcher: CommandRunner },
): Promise<void> {
  const { sentences } = languageOf(language);
  const all = dispatcher.planned;
  const [first] = all;
  if (!first) return dispatcher.tell('', sentences.nothingPlanned);
  const words = (planned: PlannedCommand): string => `${planned.phrase} ${dispatcher.dueWords(planned, language)}`;
  if (wish === 'tell') {
    const more = all.length > maxTold ? ['…'] : [];
    return dispatcher.tell(first.command, sentences.planned([...all.slice(0, maxTold).map(words), ...more].join('; ')));
  }
  const meant =
    dispatcher.lastPlanned(atMs) ?? (all.length === 1 ? first : await chosen(all, words, { language, dispatcher }));
  const cancelled = meant && (await dispatcher.cancelPlanned(meant.id));
  if (cancelled) dispatcher.tell(cancelled.command, sentences.unplanned(words(cancelled)));
}

/** Asks which of the next few is meant. */
async function chosen(
  all: readonly PlannedCommand[],
  words: (planned: PlannedCommand) => string,
  { language, dispatcher }: { language: string; dispatcher: CommandRunner },
): Promise<PlannedCommand | undefined> {
  const offered = all.slice(0, maxOffered);
  const options = offered.map(words);
  const read = (answer: string): number | undefined => readChoice(answer, options, language);
  try {
    const answers = answersTo(options, language);
    return offered[
      // Whoever may say that something is to be called off may say what.
      await dispatcher.questions.choose(
        language,
        { command: offered[0]!.command, options, answers, read },
        () => undefined,
      )
    ];
  } catch (error) {
    if (asHeedError(error).code !== 'aborted') throw error;
    return undefined;
  }
}
