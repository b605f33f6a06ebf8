import { HeedError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { EventBody, EventOf, HeedEvent } from './event.ts';
import { EventStore } from './event-store.ts';
import { Listeners, type EventFilter, type EventListener } from './listeners.ts';

/** The `session_id` of events that belong to no speaker: changed commands and shared state. */
export const commonSession = 'heed';

/** What a bus needs. */
export interface EventBusOptions {
  /** Called with each line that an operator should read. */
  log: Log;
  /** The number of events kept for subscribers that reconnect; default 10,000. */
  maxStored?: number;
  /** How long these may be together, as JSON; default 8 million characters. */
  maxStoredCharacters?: number;
}

/** How many events may wait for delivery, because listeners publish more of them, before `publish` refuses more. */
const maxPending = 1_000;

/** Stamps all events and delivers them, so that every listener gets them in the same order. */
export class EventBus {
  readonly #listeners: Listeners;
  readonly #store: EventStore;
  readonly #seqBySession = new Map<string, number>();
  readonly #stateByTopic = new Map<string, EventOf<'state'>>();
  /** Events published by listeners while an earlier event is being delivered. */
  readonly #pending: HeedEvent[] = [];
  #delivery: 'idle' | 'running' = 'idle';

  constructor({ log, maxStored = 10_000, maxStoredCharacters = 8_000_000 }: EventBusOptions) {
    this.#listeners = new Listeners(log);
    this.#store = new EventStore({ events: maxStored, characters: maxStoredCharacters });
  }

  /**
   * Stamps an event and delivers it to every listener that wants it. A session's counter `seq` starts at 0 and is
   * forgotten after `session.ended`.
   * @throws HeedError `bad-message` when a `state` value cannot be written as JSON, `busy` when listeners react to
   * events by publishing ever more events
   */
  publish(sessionId: string, body: EventBody): HeedEvent {
    if (this.#pending.length >= maxPending) {
      throw new HeedError(
        'busy',
        `Listeners published ${maxPending} events while one was being delivered. Publish fewer events from a listener.`,
      );
    }
    const content = body.type === 'state' ? { ...body, value: snapshot(body) } : body;
    const seq = this.#seqBySession.get(sessionId) ?? 0;
    if (body.type === 'session.ended') this.#seqBySession.delete(sessionId);
    else this.#seqBySession.set(sessionId, seq + 1);
    const stamp = { event_id: this.#store.nextId(), session_id: sessionId, seq, time: new Date().toISOString() };
    const event: HeedEvent = Object.assign({ type: content.type }, stamp, content);
    this.#store.add(event);
    if (event.type === 'state') this.#stateByTopic.set(event.topic, event);
    this.#pending.push(event);
    this.#deliverPending();
    return event;
  }

  /**
   * Subscribes to events; returns the function that ends the subscription. A listener that throws stays subscribed, and
   * its error is logged.
   */
  subscribe(filter: EventFilter, listener: EventListener): () => void {
    return this.#listeners.add(filter, listener);
  }

  /** Returns the events after the one with this id; undefined when the id is unknown or older than what is kept. */
  since(eventId: string): HeedEvent[] | undefined {
    return this.#store.since(eventId);
  }

  /** Returns copies of the last values of all `state` topics. */
  state(): Map<string, unknown> {
    return new Map([...this.#stateByTopic].map(([topic, { value }]) => [topic, structuredClone(value)]));
  }

  /** Returns a copy of the last value of one `state` topic; undefined when it has none. */
  stateOf(topic: string): unknown {
    return structuredClone(this.#stateByTopic.get(topic)?.value);
  }

  /** Returns the last `state` event of each topic, for clients that connect later. */
  stateEvents(): HeedEvent[] {
    return [...this.#stateByTopic.values()];
  }

  #deliverPending(): void {
    if (this.#delivery === 'running') return;
    this.#delivery = 'running';
    try {
      for (let event = this.#pending.shift(); event; event = this.#pending.shift()) this.#listeners.deliver(event);
    } finally {
      this.#delivery = 'idle';
    }
  }
}

/** Copies the value, so that later changes to it do not change the event. */
function snapshot({ topic, value }: Extract<EventBody, { type: 'state' }>): unknown {
  try {
    return JSON.parse(JSON.stringify(value ?? null)) as unknown;
  } catch (cause) {
    throw new HeedError(
      'bad-message',
      `The value of the state "${topic}" cannot be written as JSON: ${(cause as Error).message}`,
      { cause },
    );
  }
}
