import { UnansweredError } from './dialog.ts';
import type { SessionDispatcher } from './session-dispatcher.ts';

/** What a session does with its dispatcher. */
export type CommandDoor = Pick<
  SessionDispatcher,
  'run' | 'answer' | 'answerSpoken' | 'expects' | 'setPlaying' | 'suggest' | 'askMissing' | 'end'
>;

/** A door that stays shut: commands are understood and refused, no handler runs and nothing is asked. */
export const shutDoor: CommandDoor = {
  run: () => Promise.resolve({ status: 'refused', reason: 'A dry run: no handler runs.', durationMs: 0 }),
  answer: () => false,
  answerSpoken: () => 'none',
  expects: () => false,
  setPlaying: () => undefined,
  suggest: () => Promise.resolve({ isMeant: false }),
  askMissing: () => Promise.reject(new UnansweredError('A dry run: nothing is asked.')),
  end: () => undefined,
};
