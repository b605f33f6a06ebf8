import { randomBytes } from 'node:crypto';
import type { HeedEvent } from './event.ts';

/**
 * Keeps the latest events for subscribers that reconnect; when it is full, the oldest is dropped. It also makes the
 * ids of events: a random name of the store and a count, so that no id of an earlier run is taken for one of this run.
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

  /** Returns the id for the next event; events must be added in the order of their ids. */
  nextId(): string {
    return `${this.#name}-${this.#named++}`;
  }

  add(event: HeedEvent): void {
    this.#ring[this.#added++ % this.#limit] = event;
  }

  /** Returns the events after the one with this id, oldest first; undefined when the id is unknown or too old. */
  since(eventId: string): HeedEvent[] | undefined {
    const [, name, count] = /^([0-9a-f]+)-(0|[1-9]\d{0,14})$/.exec(eventId) ?? [];
    const first = Number(count) + 1;
    if (name !== this.#name || first > this.#added || this.#added - first > this.#limit) return undefined;
    return Array.from({ length: this.#added - first }, (_, index) => this.#ring[(first + index) % this.#limit]!);
  }
}
