import { UnansweredError } from './question.ts';
import type { OwnQuestions } from './own-questions.ts';
import type { SessionDispatcher } from './session-dispatcher.ts';

/** The part of a `SessionDispatcher` that a session uses. */
export type CommandRunner = Pick<
  SessionDispatcher,
  | 'run'
  | 'answer'
  | 'answerSpoken'
  | 'ground'
  | 'last'
  | 'riskOf'
  | 'planned'
  | 'lastPlanned'
  | 'cancelPlanned'
  | 'dueWords'
  | 'tell'
  | 'isAsking'
  | 'stopAsking'
  | 'isSecret'
  | 'needsVoice'
  | 'expected'
  | 'expects'
  | 'isOwnVoice'
  | 'setPlaying'
  | 'hold'
  | 'resume'
  | 'undoLast'
  | 'end'
> & { questions: Pick<OwnQuestions, keyof OwnQuestions> };

/** What runs in a dry run: every command is refused, no handler runs, and the speaker is asked nothing. */
export const dryRunner: CommandRunner = {
  run: () => Promise.resolve({ status: 'refused', reason: 'This is a dry run, so no handler runs.', durationMs: 0 }),
  answer: () => false,
  answerSpoken: () => 'none',
  ground: () => ({ commands: [], contexts: [] }),
  last: () => undefined,
  riskOf: () => undefined,
  planned: [],
  lastPlanned: () => undefined,
  cancelPlanned: () => Promise.resolve(undefined),
  dueWords: () => '',
  tell: () => undefined,
  isAsking: false,
  stopAsking: () => undefined,
  isSecret: false,
  needsVoice: false,
  expected: undefined,
  expects: () => false,
  isOwnVoice: () => false,
  setPlaying: () => undefined,
  hold: () => undefined,
  resume: () => undefined,
  questions: {
    suggest: () => Promise.resolve({ isMeant: false }),
    askMissing: () => Promise.reject(new UnansweredError('This is a dry run, so no question is asked.')),
    choose: () => Promise.reject(new UnansweredError('This is a dry run, so no question is asked.')),
  },
  undoLast: () => Promise.resolve(undefined),
  end: () => undefined,
};
