import type { EventType, HeedEvent } from './event.ts';

/** Which events a subscriber wants; what is left out means all. */
export interface EventFilter {
  types?: readonly EventType[] | undefined;
  session?: string | undefined;
}

/** Takes events as they are published. */
export type EventListener = (event: HeedEvent) => void;

/** Whether a filter lets an event through. */
export function isWanted(event: HeedEvent, { types, session }: EventFilter): boolean {
  return (session === undefined || event.session_id === session) && (types === undefined || types.includes(event.type));
}

/** The subscribers of a bus. A listener that fails is logged and never stops the others. */
export class Listeners {
  readonly #log: (line: string) => void;
  readonly #all = new Set<{ filter: EventFilter; listener: EventListener }>();

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  /** Adds a listener; answers the function that removes it. */
  add(filter: EventFilter, listener: EventListener): () => void {
    const entry = { filter: { ...filter }, listener };
    this.#all.add(entry);
    return () => {
      this.#all.delete(entry);
    };
  }

  /** Calls every listener that wants the event and is still there when its turn comes. */
  deliver(event: HeedEvent): void {
    for (const entry of [...this.#all]) {
      if (this.#all.has(entry) && isWanted(event, entry.filter)) this.#call(entry.listener, event);
    }
  }

  #call(listener: EventListener, event: HeedEvent): void {
    const failed = (error: unknown): void => {
      this.#log(
        `A listener failed on ${event.type}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    };
    try {
      // An async function fits the type too; its rejection must not end the process.
      const result: unknown = listener(event);
      if (result instanceof Promise) result.catch(failed);
    } catch (error) {
      failed(error);
    }
  }
}
