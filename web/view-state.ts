import type { HeedEvent } from '../src/events/event.ts';
import type { Connection, MicrophoneStatus } from '../client/options.ts';
import type { Loss } from '../client/lost-speech.ts';
import { hasHouse, restingHouse, type House } from './house.ts';
import type { MicrophoneProblem } from '../client/microphone.ts';
import type { Topic } from './topics.ts';
import { defaultSettings, type Settings } from './settings.ts';
import { addUtterance, maxUtterances, type Utterance } from './utterances.ts';
import { reduceWake } from './wake-words.ts';
import { endSession, reduceEvent, reopen, without } from './view-events.ts';

/** A command, as `/v1/commands` describes it. */
export interface CommandInfo {
  name: string;
  description: string;
  /** The command can be given when one of these is active; empty means always. */
  contexts: string[];
  /** Everything that can be said, as templates. */
  phrases: string[];
  /** Phrases to try. */
  examples: string[];
}

/** A question that waits for an answer. */
export interface Prompt {
  id: string;
  command: string;
  kind: 'ask' | 'confirm';
  text: string;
  /** The answers to choose from, if the question names a few. */
  options?: string[] | undefined;
  /** Whether a PIN is an answer, or the only one. */
  pin?: 'accepted' | 'required' | undefined;
  /** The utterance that led to the question, if no command is running for it yet. */
  utteranceId?: string | undefined;
}

/** How the page listens: not at all, until Stop is pressed, or while the space bar is held. */
export type TalkMode = 'off' | 'hands-free' | 'held';

/** Why the page does not listen, or not with the chosen microphone. */
export type ListeningProblem = MicrophoneProblem | 'elsewhere' | 'fallback';

/** Everything that the page shows. */
export interface ViewState {
  connection: Connection;
  microphone: MicrophoneStatus;
  microphoneProblem?: ListeningProblem;
  settings: Settings;
  /** The phrases with which a spoken command must begin; none when everything is obeyed. */
  wake: string[];
  /** Whether such a phrase was said alone, so that the command needs none. */
  isAwake: boolean;
  /** Whether heed is speaking, here or in another tab: then it hears nothing. */
  isVoiceOn: boolean;
  mode: TalkMode;
  isSpeaking: boolean;
  /** Newest first. */
  utterances: Utterance[];
  prompts: Prompt[];
  commands: CommandInfo[];
  commandProblems: string[];
  /** What would work better in the command files. */
  advice: string[];
  /** The commands of the last phrase, and those that it nearly was. */
  lit: string[];
  near: string[];
  house?: House;
  /** The last values of the shared state, in the order in which the topics first came. */
  topics: readonly Topic[];
  /** The session of this page, which numbers its own segments. */
  sessionId: string;
  /** The last error of the session. */
  error?: string;
  /** What the last broken connection has cost. */
  loss?: Loss;
  /** What a screen reader is told; `count` distinguishes repetitions of the same words. */
  announcement: { text: string; count: number };
  typedCount: number;
  /** What voices of this session are called on this page, by their ids. */
  voiceNames: Readonly<Record<string, string>>;
}

/** What can happen on the page. */
export type Action =
  | { type: 'event'; event: HeedEvent }
  | { type: 'connection'; connection: Connection }
  | { type: 'microphone'; microphone: MicrophoneStatus }
  | { type: 'microphone-problem'; problem: ListeningProblem }
  | { type: 'settings'; settings: Settings }
  | { type: 'voice'; isOn: boolean }
  /** The session ends, because another one begins with other settings. */
  | { type: 'reopened' }
  | { type: 'mode'; mode: TalkMode }
  | { type: 'loss'; loss: Loss }
  | { type: 'commands'; commands: CommandInfo[]; problems: string[]; advice: string[] }
  | { type: 'typed'; text: string; time?: string }
  /** The phrases of before a reload, newest first. */
  | { type: 'restored'; utterances: Utterance[] }
  | { type: 'voice-named'; speaker: string; name: string }
  | { type: 'cleared' }
  | { type: 'answered'; promptId: string }
  | { type: 'dismiss' };

/** The page before anything has happened. */
export const initialState: ViewState = {
  connection: { status: 'closed' },
  microphone: 'off',
  mode: 'off',
  settings: defaultSettings,
  wake: [],
  isAwake: false,
  isVoiceOn: false,
  isSpeaking: false,
  utterances: [],
  prompts: [],
  commands: [],
  commandProblems: [],
  advice: [],
  lit: [],
  near: [],
  topics: [],
  sessionId: '',
  announcement: { text: '', count: 0 },
  typedCount: 0,
  voiceNames: {},
};

/** Returns the page after an action. Parts that did not change stay the same objects. */
export function reduce(state: ViewState, action: Action): ViewState {
  switch (action.type) {
    case 'event':
      return reduceEvent(reduceWake(state, action.event), action.event);
    case 'connection':
      return { ...(isGone(action.connection) ? endSession(state) : state), connection: action.connection };
    case 'microphone':
      return {
        // Whether the chosen device is there is found out each time, before the microphone is on.
        ...(action.microphone === (state.microphoneProblem === 'fallback' ? 'opening' : 'on')
          ? without(state, 'microphoneProblem')
          : state),
        microphone: action.microphone,
      };
    case 'microphone-problem':
      return {
        ...state,
        microphoneProblem: action.problem,
        mode: action.problem === 'fallback' ? state.mode : 'off',
      };
    case 'settings':
      return { ...state, settings: action.settings };
    case 'voice':
      return { ...state, isVoiceOn: action.isOn };
    case 'reopened':
      return reopen(state);
    case 'mode':
      return { ...state, mode: action.mode };
    case 'loss':
      return { ...state, loss: action.loss };
    case 'commands': {
      // The house belongs to the sample commands. Until the server sends its state, it is at rest.
      const isAtRest = hasHouse(action.commands) && !state.house;
      const { commands, problems: commandProblems, advice } = action;
      return { ...state, commands, commandProblems, advice, ...(isAtRest ? { house: restingHouse } : {}) };
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
          ...(action.time === undefined ? {} : { time: action.time }),
        }),
      };
    case 'restored':
      return { ...state, utterances: [...state.utterances, ...action.utterances].slice(0, maxUtterances) };
    case 'voice-named': {
      const { speaker, name } = action;
      return {
        ...state,
        voiceNames: { ...state.voiceNames, [speaker]: name },
        utterances: state.utterances.map((utterance) =>
          utterance.speaker === speaker && utterance.isPast !== true ? { ...utterance, speakerName: name } : utterance,
        ),
      };
    }
    case 'cleared':
      return { ...state, utterances: [], lit: [], near: [] };
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
