import type { HeedEvent } from '../src/events/event.ts';
import type { ViewState } from './view-state.ts';

/** What a wake phrase is made of: plain words with at least two letters, without signs. */
export function isWakePhrase(text: string): boolean {
  return /^[\p{L}\p{M}\p{N}' -]*$/u.test(text) && /\p{L}.*\p{L}/u.test(text);
}

/** What events may say of wake phrases; a server without them says nothing. */
interface WakeFields {
  type: string;
  /** The phrases that a session needs. */
  wake?: unknown;
  /** Whether a segment began with one. */
  addressed?: unknown;
}

/** Returns the page after what an event says of wake phrases. */
export function reduceWake(state: ViewState, event: HeedEvent): ViewState {
  const { type, wake } = event as WakeFields;
  switch (type) {
    case 'session.started':
      return { ...state, wake: Array.isArray(wake) ? wake.filter((phrase) => typeof phrase === 'string') : [] };
    case 'wake.started':
      return { ...state, isAwake: true };
    case 'wake.ended':
    case 'session.ended':
      return state.isAwake ? { ...state, isAwake: false } : state;
    default:
      return state;
  }
}

/** Whether a segment was not meant for heed, because it did not begin with a wake phrase; then nothing follows it. */
export function isUnaddressed(event: HeedEvent): boolean {
  return (event as WakeFields).addressed === false;
}
