import type { Candidate } from '../src/types.ts';
import { areSameWords } from './same-words.ts';

/** What became of one command of an utterance. */
export interface Outcome {
  status: 'running' | 'unfinished' | 'done' | 'failed' | 'refused' | 'unmatched';
  command: string;
  /** What to tell the speaker: the handler's reply, or the reason. */
  text: string;
  candidates: Candidate[];
  canUndo: boolean;
}

/** One utterance from its first word to its outcome, or what heed says by itself, as when a timer is over. */
export interface Utterance {
  id: string;
  source: 'spoken' | 'typed' | 'heed';
  text: string;
  /** The beginning of `text`, which will not change any more. */
  committed: string;
  status: 'hearing' | 'reading' | 'heard';
  /** The phrase that it was understood as, if that has different words. */
  understood?: string | undefined;
  outcomes: Outcome[];
  /** What the handler said while it ran. */
  said: string[];
  /** Whose voice it was, in a session that tells voices apart: "speaker1", … */
  speaker?: string | undefined;
  /** The name of that voice, if it is known or was named on this page. */
  speakerName?: string | undefined;
  /** When it began, as an ISO date. */
  time?: string;
  /** It belongs to an earlier session, which can neither undo nor explain it any more. */
  isPast?: boolean;
}

/** How many utterances are kept; older ones are dropped. */
export const maxUtterances = 200;

/** Puts a new utterance before the others. */
export function addUtterance(utterances: Utterance[], utterance: Partial<Utterance> & { id: string }): Utterance[] {
  const added: Utterance = {
    source: 'spoken',
    text: '',
    committed: '',
    status: 'hearing',
    outcomes: [],
    said: [],
    ...utterance,
  };
  return [added, ...utterances].slice(0, maxUtterances);
}

/** Returns the utterances with one of them changed. */
export function changeUtterance(
  utterances: Utterance[],
  id: string | undefined,
  change: (utterance: Utterance) => Partial<Utterance>,
): Utterance[] {
  return utterances.map((utterance) => (utterance.id === id ? { ...utterance, ...change(utterance) } : utterance));
}

/**
 * Finds the utterance that an event is about. Events of typed phrases name no utterance. Typed phrases are processed in
 * order, so it is the oldest one that waits for such an event.
 */
export function findUtterance(
  utterances: Utterance[],
  id: string | undefined,
  isWaiting: (utterance: Utterance) => boolean,
): Utterance | undefined {
  if (id !== undefined) return utterances.find((utterance) => utterance.id === id);
  const typed = utterances.filter(({ source, isPast }) => source === 'typed' && isPast !== true);
  return typed.findLast(isWaiting) ?? typed[0];
}

/** Notes as which command a phrase was understood, or that it was not understood. */
export function addOutcome(
  utterances: Utterance[],
  id: string | undefined,
  outcome: Partial<Outcome> & Pick<Outcome, 'status'>,
): Utterance[] {
  const target = findUtterance(utterances, id, ({ outcomes }) => outcomes.length === 0);
  const added: Outcome = { command: '', text: '', candidates: [], canUndo: false, ...outcome };
  return changeUtterance(utterances, target?.id, ({ outcomes }) => ({ outcomes: [...outcomes, added] }));
}

/** Notes the phrase that an utterance was understood as. A chain of commands is shown as it was said. */
export function noteUnderstood(utterances: Utterance[], id: string | undefined, phrase: string): Utterance[] {
  const target = findUtterance(utterances, id, ({ outcomes }) => outcomes.length === 0);
  return changeUtterance(utterances, target?.id, ({ text, outcomes }) => ({
    understood: outcomes.length > 0 || areSameWords(text, phrase) ? undefined : phrase,
  }));
}

/** Finds the utterance in which a command is running. */
export function findRunning(utterances: Utterance[], id: string | undefined, command: string): Utterance | undefined {
  return findUtterance(utterances, id, ({ outcomes }) => outcomes.some((outcome) => isRunning(outcome, command)));
}

/** Ends the running outcome of a command. */
export function settleOutcome(
  utterances: Utterance[],
  id: string | undefined,
  result: Partial<Outcome> & Pick<Outcome, 'command'>,
): Utterance[] {
  return changeUtterance(utterances, id, ({ outcomes }) => {
    const at = outcomes.findIndex((outcome) => isRunning(outcome, result.command));
    return { outcomes: outcomes.map((outcome, index) => (index === at ? { ...outcome, ...result } : outcome)) };
  });
}

/**
 * The session is lost: phrases that were not heard to their end are dropped, and commands still running count as failed
 * for this reason.
 */
export function abandonAll(
  utterances: Utterance[],
  reason = 'The connection was lost before it was done.',
): Utterance[] {
  if (!utterances.some(isUnderWay)) return utterances;
  const lost: Pick<Outcome, 'status' | 'text'> = { status: 'failed', text: reason };
  return utterances
    .filter(({ status }) => status === 'heard')
    .map((utterance) => {
      if (!isUnderWay(utterance)) return utterance;
      const outcomes = utterance.outcomes.map((outcome) => (isRunning(outcome) ? { ...outcome, ...lost } : outcome));
      return {
        ...utterance,
        outcomes: outcomes.length > 0 ? outcomes : [{ command: '', candidates: [], canUndo: false, ...lost }],
      };
    });
}

const unfinished: Pick<Outcome, 'status' | 'text'> = {
  status: 'unfinished',
  text: 'the page was left before it was done.',
};

/** Returns a phrase as a page shows it that was reloaded meanwhile, and will not hear how it ended. */
export function unfinishedUtterance(utterance: Utterance): Utterance {
  const heard = { ...utterance, status: 'heard' as const, committed: utterance.text };
  if (!isUnderWay(utterance)) return heard;
  if (utterance.outcomes.length === 0)
    return { ...heard, outcomes: [{ command: '', candidates: [], canUndo: false, ...unfinished }] };
  const outcomes = utterance.outcomes.map((outcome) => (isRunning(outcome) ? { ...outcome, ...unfinished } : outcome));
  return { ...heard, outcomes };
}

/** Whether an utterance is being said, read or obeyed. */
export function isUnderWay({ status, source, outcomes }: Utterance): boolean {
  return (
    status !== 'heard' ||
    outcomes.some((outcome) => isRunning(outcome)) ||
    (source === 'typed' && outcomes.length === 0)
  );
}

function isRunning(outcome: Outcome, command = outcome.command): boolean {
  return outcome.status === 'running' && outcome.command === command;
}
