import type { HeedEvent } from './event.ts';

const written = new WeakMap<HeedEvent, string>();

/** Returns an event as JSON text. It is made only once, however many subscribers get the event. */
export function eventJson(event: HeedEvent): string {
  let text = written.get(event);
  if (text === undefined) {
    text = JSON.stringify(event);
    written.set(event, text);
  }
  return text;
}
