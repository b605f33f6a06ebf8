import type { EventBody, HeedEvent } from '../../src/events/event.ts';
import { initialState, reduce, type Action, type ViewState } from '../../web/view-state.ts';

/** Makes an event as it comes from the server. */
export function event(body: EventBody, sessionId = 'session'): HeedEvent {
  return { event_id: 'event', session_id: sessionId, seq: 0, time: '2030-01-01T00:00:00.000Z', ...body };
}

/** Events and other actions in a short form: what happened on the page, in order. */
export type Happening = EventBody | Exclude<Action, { type: 'event' }>;

const actionTypes = [
  'connection',
  'microphone',
  'microphone-problem',
  'mode',
  'loss',
  'commands',
  'typed',
  'restored',
  'cleared',
  'answered',
  'dismiss',
];

/** Returns the page after all of this has happened. */
export function after(happenings: Happening[], from: ViewState = initialState): ViewState {
  return happenings.reduce(
    (state, happening) =>
      reduce(
        state,
        actionTypes.includes(happening.type)
          ? (happening as Action)
          : { type: 'event', event: event(happening as EventBody) },
      ),
    from,
  );
}

const at = { start: 1, end: 2 };
const heard = { ...at, duration: 1, confidence: 0.9, language: 'en', words: [] };

/** The usual events of a spoken phrase. */
export const spoken = {
  started: (id = '1'): EventBody => ({ type: 'speech.started', segment_id: id, start: 1 }),
  ended: (reason: 'silence' | 'misfire' = 'silence', id = '1'): EventBody => ({
    type: 'speech.ended',
    segment_id: id,
    ...at,
    reason,
  }),
  partial: (text: string, committed = '', id = '1'): EventBody => ({
    type: 'segment.partial',
    segment_id: id,
    ...heard,
    text,
    committed,
    is_final: false,
    speech_final: false,
  }),
  final: (text: string, id = '1'): EventBody => ({
    type: 'segment.final',
    segment_id: id,
    ...heard,
    text,
    is_final: true,
    speech_final: true,
    no_speech: 0,
  }),
};

/** The events of a command; without a segment they are those of a typed phrase. */
export const commands = {
  matched: (command: string, segment?: string): EventBody => ({
    type: 'command.matched',
    ...of(segment),
    command,
    args: {},
    phrase: command,
    score: 1,
    via: 'exact',
    candidates: [],
  }),
  completed: (command: string, say: string, segment?: string): EventBody => ({
    type: 'command.completed',
    ...of(segment),
    command,
    args: {},
    say,
    can_undo: true,
    duration_ms: 1,
  }),
  failed: (command: string, message: string, segment?: string): EventBody => ({
    type: 'command.failed',
    ...of(segment),
    command,
    args: {},
    code: 'internal',
    message,
    duration_ms: 1,
  }),
  refused: (command: string, reason: string, segment?: string): EventBody => ({
    type: 'command.refused',
    ...of(segment),
    command,
    args: {},
    reason,
  }),
  planned: (command: string, say: string, segment?: string): EventBody => ({
    type: 'command.planned',
    ...of(segment),
    command,
    args: {},
    planned_id: 'p',
    phrase: 'light on',
    due: '2026-11-29T17:40:00.000Z',
    is_kept: true,
    say,
  }),
  unmatched: (text: string, segment?: string): EventBody => ({
    type: 'command.unmatched',
    ...of(segment),
    text,
    reason: 'No command sounds like this.',
    candidates: [{ command: 'brightness', phrase: 'dim the {room}', score: 0.6, reason: '“moon” is no room' }],
  }),
};

function of(segment: string | undefined): { segment_id?: string } {
  return segment === undefined ? {} : { segment_id: segment };
}
