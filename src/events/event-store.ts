import { randomBytes } from 'node:crypto';
import type { HeedEvent } from './event.ts';

/**
 * The latest events, for subscribers that come back. It names the events: an id is the store's own random name and a
 * count, so that an id of an earlier run is never taken for one of this run. When it is full the oldest is dropped.
 */
export class EventStore {
  readonly #name = randomBytes(6).toString('hex');
  readonly #limit: number;
  readonly #ring: HeedEvent[] = [];
  #named = 0;
  #added = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The id of the next event; events are added in the order of their ids. */
  nextId(): string {
    return `${this.#name}-${this.#named++}`;
  }

  /** Keeps an event. */
  add(event: HeedEvent): void {
    this.#ring[this.#added++ % this.#limit] = event;
  }

  /** The events after this one, oldest first; undefined when it is unknown or too old to tell. */
  since(eventId: string): HeedEvent[] | undefined {
    const [, name, count] = /^([0-9a-f]+)-(0|[1-9]\d{0,14})$/.exec(eventId) ?? [];
    const first = Number(count) + 1;
    if (name !== this.#name || first > this.#added || this.#added - first > this.#limit) return undefined;
    return Array.from({ length: this.#added - first }, (_, index) => this.#ring[(first + index) % this.#limit]!);
  }
}
