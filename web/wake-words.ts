import type { HeedEvent } from '../src/events/event.ts';
import type { ViewState } from './view-state.ts';

/** What a wake phrase is made of: plain words with at least two letters, without signs. */
export function isWakePhrase(text: string): boolean {
  return /^[\p{L}\p{M}\p{N}' -]*$/u.test(text) && /\p{L}.*\p{L}/u.test(text);
}

/** Returns the page after what an event says of wake phrases. */
export function reduceWake(state: ViewState, event: HeedEvent): ViewState {
  switch (event.type) {
    case 'session.started':
      return { ...state, wake: event.wake ?? [] };
    case 'wake.started':
      return { ...state, isAwake: true };
    case 'wake.ended':
    case 'session.ended':
      return state.isAwake ? { ...state, isAwake: false } : state;
    default:
      return state;
  }
}
