import type { HeedEvent } from './event.ts';

const written = new WeakMap<HeedEvent, string>();

/** An event as JSON text; written once, however many subscribers get it. */
export function eventJson(event: HeedEvent): string {
  let text = written.get(event);
  if (text === undefined) {
    text = JSON.stringify(event);
    written.set(event, text);
  }
  return text;
}
