import type { HeedEvent } from '../src/events/event.ts';

/**
 * Returns what is said aloud about an event; undefined for most. A phrase that was not understood is only shown: in
 * hands-free listening that may be any talk in the room.
 */
export function spokenReply(event: HeedEvent): string | undefined {
  switch (event.type) {
    case 'command.planned':
    case 'command.completed':
      return event.say;
    case 'command.failed':
      return event.message;
    case 'command.refused':
      return event.reason;
    case 'prompt':
      return event.text;
    default:
      return undefined;
  }
}
