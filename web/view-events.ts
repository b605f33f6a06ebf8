import type { EventOf, HeedEvent } from '../src/events/event.ts';
import { readHouse } from './house.ts';
import { setTopic } from './topics.ts';
import {
  abandonAll,
  addOutcome,
  addUtterance,
  changeUtterance,
  findRunning,
  findUtterance,
  noteUnderstood,
  settleOutcome,
  type Outcome,
} from './utterances.ts';
import type { Prompt, ViewState } from './view-state.ts';

/** Returns the page after an event of the session. */
export function reduceEvent(state: ViewState, event: HeedEvent): ViewState {
  switch (event.type) {
    case 'session.started':
      return startSession(state, event.session_id);
    case 'session.ended':
      return endSession(state);
    case 'commands.changed':
      return { ...state, commandProblems: event.problems };
    case 'speech.started':
      return {
        ...state,
        isSpeaking: true,
        lit: [],
        near: [],
        utterances: addUtterance(state.utterances, { id: idOf(event), time: event.time }),
      };
    case 'speech.ended':
      return speechEnded(state, event);
    case 'segment.partial':
      return {
        ...state,
        utterances: changeUtterance(state.utterances, idOf(event), ({ status }) =>
          status === 'heard' ? {} : { text: event.text, committed: event.committed },
        ),
      };
    case 'speaker.changed': {
      const utterances = changeUtterance(state.utterances, idOf(event), () => ({
        speaker: event.speaker.id,
        speakerName: event.speaker.name ?? state.voiceNames[event.speaker.id],
      }));
      return { ...state, utterances };
    }
    case 'segment.final':
      return segmentFinal(state, event);
    case 'command.matched':
      return {
        // Another command ends an open question.
        ...state,
        lit: [...state.lit, event.command],
        prompts: state.prompts.length === 0 ? state.prompts : [],
        utterances: addOutcome(noteUnderstood(state.utterances, targetOf(event), event.phrase), targetOf(event), {
          status: 'running',
          command: event.command,
        }),
      };
    case 'command.planned':
      return settle(state, event, { status: 'done', text: event.say });
    case 'command.missed':
      return tell(state, event, `${event.phrase}: ${event.reason}`);
    case 'command.completed':
      if (event.planned_id !== undefined) return tell(state, event, event.say ?? `Done: ${event.command}`);
      return settle(state, event, { status: 'done', text: event.say ?? '', canUndo: event.can_undo });
    case 'command.failed':
      if (event.planned_id !== undefined) return tell(state, event, `Failed: ${event.message}`);
      return settle(state, event, { status: 'failed', text: event.message });
    case 'command.refused':
      if (event.planned_id !== undefined) return tell(state, event, `Not done: ${event.reason}`);
      return settle(state, event, { status: 'refused', text: event.reason });
    case 'command.unmatched':
      return announce(
        {
          ...state,
          prompts: withoutPromptsOf(state, event),
          lit: [],
          near: event.candidates.map(({ command }) => command),
          utterances: addOutcome(state.utterances, targetOf(event), {
            status: 'unmatched',
            text: event.reason,
            candidates: event.candidates,
          }),
        },
        `Not understood: ${event.text}. ${event.reason}`,
      );
    case 'prompt':
      return prompt(state, event);
    case 'state': {
      const house = event.topic === 'house' ? readHouse(event.value) : undefined;
      const topics = setTopic(state.topics, event.topic, event.value);
      return { ...state, topics, ...(house ? { house } : {}) };
    }
    case 'error':
      return { ...state, error: event.message };
    default:
      return state; // A newer server may send other events.
  }
}

/**
 * A new session is told all state again; what an earlier one was told may be of another server. It also knows nothing
 * of earlier phrases.
 */
function startSession(state: ViewState, sessionId: string): ViewState {
  const ended = without(endSession(state), 'error');
  if (sessionId === state.sessionId) return ended;
  const utterances = ended.utterances.map((utterance) => ({ ...utterance, isPast: true }));
  return { ...ended, sessionId, topics: [], utterances, voiceNames: {} };
}

/** Each session numbers its segments from the start again. */
function idOf(event: { session_id: string; segment_id: string }): string {
  return `${event.session_id}/${event.segment_id}`;
}

function targetOf(event: { session_id: string; segment_id?: string | undefined }): string | undefined {
  return event.segment_id === undefined ? undefined : `${event.session_id}/${event.segment_id}`;
}

function speechEnded(state: ViewState, event: EventOf<'speech.ended'>): ViewState {
  const utterances =
    event.reason === 'misfire' || event.reason === 'playing'
      ? state.utterances.filter(({ id }) => id !== idOf(event))
      : changeUtterance(state.utterances, idOf(event), ({ status }) =>
          status === 'hearing' ? { status: 'reading' } : {},
        );
  return { ...state, isSpeaking: false, utterances };
}

function segmentFinal(state: ViewState, event: EventOf<'segment.final'>): ViewState {
  const id = idOf(event);
  // Nothing follows what was not meant for heed.
  if (event.text === '' || event.addressed === false)
    return { ...state, utterances: state.utterances.filter((utterance) => utterance.id !== id) };
  const utterances = state.utterances.some((utterance) => utterance.id === id)
    ? state.utterances
    : addUtterance(state.utterances, { id, time: event.time });
  return {
    ...state,
    utterances: changeUtterance(utterances, id, () => ({
      text: event.text,
      committed: event.text,
      status: 'heard',
      speaker: event.speaker?.id,
      speakerName: event.speaker && (event.speaker.name ?? state.voiceNames[event.speaker.id]),
    })),
  };
}

type SettledEvent = EventOf<'command.planned' | 'command.completed' | 'command.failed' | 'command.refused'>;

/** Ends a running command and closes its questions. */
function settle(
  state: ViewState,
  event: SettledEvent,
  result: Pick<Outcome, 'status' | 'text'> & Partial<Outcome>,
): ViewState {
  const target = findRunning(state.utterances, targetOf(event), event.command);
  const utterances = settleOutcome(state.utterances, target?.id, { ...result, command: event.command });
  const prompts = state.prompts.filter(({ command }) => command !== event.command);
  const words = {
    done: result.text || `Done: ${target?.text ?? event.command}`,
    failed: `Failed: ${result.text}`,
    refused: `Not done: ${result.text}`,
  };
  return announce({ ...state, utterances, prompts }, words[result.status as keyof typeof words]);
}

function prompt(state: ViewState, event: EventOf<'prompt'>): ViewState {
  const { prompt_id, command, kind, text, options, pin } = event;
  if (kind !== 'say') {
    const others = state.prompts.filter((open) => open.command !== command);
    const isRunning = state.utterances.some(({ outcomes }) =>
      outcomes.some((outcome) => outcome.status === 'running' && outcome.command === command),
    );
    const utteranceId = isRunning
      ? undefined
      : state.utterances.find(({ status, outcomes }) => status === 'heard' && outcomes.length === 0)?.id;
    const asked = { id: prompt_id, command, kind, text, options, pin, utteranceId };
    return announce({ ...state, prompts: [...others, asked] }, text);
  }
  const target = state.utterances.find(({ outcomes }) =>
    outcomes.some((outcome) => outcome.status === 'running' && outcome.command === command),
  );
  if (!target) return tell(state, event, text);
  const utterances = changeUtterance(state.utterances, target.id, ({ said }) => ({ said: [...said, text] }));
  return announce({ ...state, utterances }, text);
}

/** Shows what heed says by itself, about no phrase that was said just now. */
function tell(state: ViewState, { event_id, time }: Pick<HeedEvent, 'event_id' | 'time'>, text: string): ViewState {
  const own = { id: `heed/${event_id}`, time, source: 'heed', text, committed: text, status: 'heard' } as const;
  return announce({ ...state, utterances: addUtterance(state.utterances, own) }, text);
}

/** Returns the questions that remain when an utterance has led to nothing. */
function withoutPromptsOf({ utterances, prompts }: ViewState, event: EventOf<'command.unmatched'>): Prompt[] {
  const target = findUtterance(utterances, targetOf(event), ({ outcomes }) => outcomes.length === 0);
  return prompts.some(({ utteranceId }) => utteranceId !== undefined && utteranceId === target?.id)
    ? prompts.filter(({ utteranceId }) => utteranceId !== target?.id)
    : prompts;
}

/** Ends the session, because another one begins with other settings. An open question is closed, and says so. */
export function reopen(state: ViewState): ViewState {
  const ended = endSession(state, 'The settings changed before it was done.');
  const [prompt] = state.prompts;
  return prompt ? announce(ended, `The settings changed, so this is not asked any more: ${prompt.text}`) : ended;
}

/** Closes everything that was open, because a lost or new session knows nothing about it. */
export function endSession(state: ViewState, reason?: string): ViewState {
  return {
    ...state,
    isSpeaking: false,
    prompts: state.prompts.length === 0 ? state.prompts : [],
    utterances: abandonAll(state.utterances, reason),
  };
}

function announce(state: ViewState, text: string): ViewState {
  return { ...state, announcement: { text, count: state.announcement.count + 1 } };
}

/** Returns the page without an error. */
export function without(state: ViewState, key: 'error' | 'microphoneProblem' | 'loss'): ViewState {
  if (!(key in state)) return state;
  const { [key]: _, ...rest } = state;
  return rest;
}
