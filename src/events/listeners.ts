import type { Log } from '../log.ts';
import type { EventType, HeedEvent } from './event.ts';
import { spokenIn } from './spoken.ts';

/** Which events a subscriber wants; a property that is left out allows all. */
export interface EventFilter {
  types?: readonly EventType[] | undefined;
  session?: string | undefined;
}

/** Takes each event when it is published. */
export type EventListener = (event: HeedEvent) => void;

/** Whether a filter lets an event through. */
export function isWanted(event: HeedEvent, { types, session }: EventFilter): boolean {
  return (session === undefined || event.session_id === session) && (types === undefined || types.includes(event.type));
}

/** The subscribers of a bus. If a listener fails, the error is logged and the others still get the event. */
export class Listeners {
  readonly #log: Log;
  readonly #all = new Set<{ filter: EventFilter; listener: EventListener }>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** Adds a listener; returns the function that removes it. */
  add(filter: EventFilter, listener: EventListener): () => void {
    const entry = { filter: { ...filter }, listener };
    this.#all.add(entry);
    return () => {
      this.#all.delete(entry);
    };
  }

  /** Calls every listener that wants the event, except those that another listener has removed in the meantime. */
  deliver(event: HeedEvent): void {
    for (const entry of [...this.#all]) {
      if (this.#all.has(entry) && isWanted(event, entry.filter)) this.#call(entry.listener, event);
    }
  }

  #call(listener: EventListener, event: HeedEvent): void {
    const failed = (error: unknown): void => {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.#log(`A listener failed on ${event.type}: ${detail}`, { level: 'error', spoken: spokenIn(event) });
    };
    try {
      // An async function fits the listener type too, and its rejection must not end the process.
      const result: unknown = listener(event);
      if (result instanceof Promise) result.catch(failed);
    } catch (error) {
      failed(error);
    }
  }
}
