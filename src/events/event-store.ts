import { randomBytes } from 'node:crypto';
import { eventJson } from './event-json.ts';
import type { HeedEvent } from './event.ts';

/** How much is kept; beyond either, the oldest event is dropped. */
export interface EventStoreLimits {
  events: number;
  /** Of the events as JSON, which nearly every event is sent as anyway. */
  characters: number;
}

/**
 * Keeps the latest events for subscribers that reconnect. It also makes the ids of events: a random name of the store
 * and a count, so that no id of an earlier run is taken for one of this run.
 */
export class EventStore {
  readonly #name = randomBytes(6).toString('hex');
  readonly #limits: EventStoreLimits;
  readonly #kept: HeedEvent[] = [];
  #characters = 0;
  #named = 0;
  #added = 0;

  constructor(limits: EventStoreLimits) {
    this.#limits = limits;
  }

  /** Returns the id for the next event; events must be added in the order of their ids. */
  nextId(): string {
    return `${this.#name}-${this.#named++}`;
  }

  add(event: HeedEvent): void {
    this.#added++;
    this.#kept.push(event);
    this.#characters += lengthOf(event);
    while (this.#kept.length > this.#limits.events || this.#characters > this.#limits.characters)
      this.#characters -= lengthOf(this.#kept.shift()!);
  }

  /** Returns the events after the one with this id, oldest first; undefined when the id is unknown or too old. */
  since(eventId: string): HeedEvent[] | undefined {
    const [, name, count] = /^([0-9a-f]+)-(0|[1-9]\d{0,14})$/.exec(eventId) ?? [];
    const missed = this.#added - (Number(count) + 1);
    if (name !== this.#name || missed < 0 || missed > this.#kept.length) return undefined;
    return this.#kept.slice(this.#kept.length - missed);
  }
}

/** An event that cannot be written as JSON, because of a BigInt of an own slot for example, counts as none. */
function lengthOf(event: HeedEvent): number {
  try {
    return eventJson(event).length;
  } catch {
    return 0;
  }
}
