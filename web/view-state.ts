import type { HeedEvent } from '../src/events/event.ts';
import type { Connection, MicrophoneStatus } from '../client/options.ts';
import type { Loss } from '../client/lost-speech.ts';
import { restingHouse, type House } from './house.ts';
import type { MicrophoneProblem } from '../client/microphone.ts';
import { addUtterance, type Utterance } from './utterances.ts';
import { endSession, reduceEvent, without } from './view-events.ts';

/** A command, as `/v1/commands` describes it. */
export interface CommandInfo {
  name: string;
  description: string;
  /** The command can be given when one of these is active; empty means always. */
  contexts: string[];
  /** Phrases to try. */
  examples: string[];
}

/** A question that waits for an answer. */
export interface Prompt {
  id: string;
  command: string;
  kind: 'ask' | 'confirm';
  text: string;
  /** The utterance that led to the question, if no command is running for it yet. */
  utteranceId?: string | undefined;
}

/** How the page listens: not at all, until Stop is pressed, or while the space bar is held. */
export type TalkMode = 'off' | 'hands-free' | 'held';

/** Everything that the page shows. */
export interface ViewState {
  connection: Connection;
  microphone: MicrophoneStatus;
  microphoneProblem?: MicrophoneProblem;
  mode: TalkMode;
  isSpeaking: boolean;
  /** Newest first. */
  utterances: Utterance[];
  prompts: Prompt[];
  commands: CommandInfo[];
  commandProblems: string[];
  /** The commands of the last phrase, and those that it nearly was. */
  lit: string[];
  near: string[];
  house?: House;
  /** The last error of the session. */
  error?: string;
  /** What the last broken connection has cost. */
  loss?: Loss;
  /** What a screen reader is told; `count` distinguishes repetitions of the same words. */
  announcement: { text: string; count: number };
  typedCount: number;
}

/** The sample commands that change the house. */
const houseCommands = ['lights', 'brightness', 'colour', 'blinds', 'scene'];

/** What can happen on the page. */
export type Action =
  | { type: 'event'; event: HeedEvent }
  | { type: 'connection'; connection: Connection }
  | { type: 'microphone'; microphone: MicrophoneStatus }
  | { type: 'microphone-problem'; problem: MicrophoneProblem }
  | { type: 'mode'; mode: TalkMode }
  | { type: 'loss'; loss: Loss }
  | { type: 'commands'; commands: CommandInfo[] }
  | { type: 'typed'; text: string }
  | { type: 'answered'; promptId: string }
  | { type: 'dismiss' };

/** The page before anything has happened. */
export const initialState: ViewState = {
  connection: { status: 'closed' },
  microphone: 'off',
  mode: 'off',
  isSpeaking: false,
  utterances: [],
  prompts: [],
  commands: [],
  commandProblems: [],
  lit: [],
  near: [],
  announcement: { text: '', count: 0 },
  typedCount: 0,
};

/** Returns the page after an action. Parts that did not change stay the same objects. */
export function reduce(state: ViewState, action: Action): ViewState {
  switch (action.type) {
    case 'event':
      return reduceEvent(state, action.event);
    case 'connection':
      return { ...(isGone(action.connection) ? endSession(state) : state), connection: action.connection };
    case 'microphone':
      return {
        ...(action.microphone === 'on' ? without(state, 'microphoneProblem') : state),
        microphone: action.microphone,
      };
    case 'microphone-problem':
      return { ...state, microphoneProblem: action.problem, mode: 'off' };
    case 'mode':
      return { ...state, mode: action.mode };
    case 'loss':
      return { ...state, loss: action.loss };
    case 'commands': {
      // The house belongs to the sample commands. The server sends its state only once it changes; until then it is at
      // rest.
      const hasHouse = action.commands.some(({ name }) => houseCommands.includes(name));
      return { ...state, commands: action.commands, ...(hasHouse && !state.house ? { house: restingHouse } : {}) };
    }
    case 'typed':
      return {
        ...state,
        typedCount: state.typedCount + 1,
        lit: [],
        near: [],
        utterances: addUtterance(state.utterances, {
          id: `typed/${state.typedCount}`,
          source: 'typed',
          text: action.text,
          committed: action.text,
          status: 'heard',
        }),
      };
    case 'answered':
      return { ...state, prompts: state.prompts.filter(({ id }) => id !== action.promptId) };
    case 'dismiss':
      return without(without(without(state, 'error'), 'microphoneProblem'), 'loss');
  }
}

/** Whether the session has certainly ended. While the server keeps it, its questions and commands stay open. */
function isGone(connection: Connection): boolean {
  return connection.status !== 'open' && !('isKept' in connection);
}
