import { HeedError } from '../errors.ts';
import type { EventBody, EventOf, HeedEvent } from './event.ts';
import { EventStore } from './event-store.ts';
import { Listeners, type EventFilter, type EventListener } from './listeners.ts';

/** Session of what belongs to no speaker: changed commands, kept values. */
export const commonSession = 'heed';

/** What a bus needs. */
export interface EventBusOptions {
  /** Takes what an operator should know. */
  log: (line: string) => void;
  /** Events kept for subscribers that come back; default 1,000. */
  maxStored?: number;
}

/** Events that listeners may publish in answer to one event before `publish` refuses more. */
const maxPending = 1_000;

/** The one place where events are stamped and handed on. Every listener gets them in the same order. */
export class EventBus {
  readonly #listeners: Listeners;
  readonly #store: EventStore;
  readonly #seqBySession = new Map<string, number>();
  readonly #stateByTopic = new Map<string, EventOf<'state'>>();
  /** Events published by listeners while an earlier event is being delivered. */
  readonly #pending: HeedEvent[] = [];
  #delivery: 'idle' | 'running' = 'idle';

  constructor({ log, maxStored = 1_000 }: EventBusOptions) {
    this.#listeners = new Listeners(log);
    this.#store = new EventStore(maxStored);
  }

  /**
   * Stamps an event and gives it to every listener that wants it. The counter of a session starts at 0 and is
   * forgotten after its `session.ended`.
   * @throws HeedError `bad-message` when a `state` value is no JSON, `busy` when listeners answer events with ever more
   * events
   */
  publish(sessionId: string, body: EventBody): HeedEvent {
    if (this.#pending.length >= maxPending) {
      throw new HeedError('busy', `A listener published ${maxPending} events in answer to one. Publish fewer.`);
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

  /** Listens to events; answers the function that stops it. A listener that throws is logged and stays. */
  subscribe(filter: EventFilter, listener: EventListener): () => void {
    return this.#listeners.add(filter, listener);
  }

  /** The events after the one with this id, for resuming; undefined when it is unknown or older than what is kept. */
  since(eventId: string): HeedEvent[] | undefined {
    return this.#store.since(eventId);
  }

  /** The last value of each `state` topic; the values are copies. */
  state(): Map<string, unknown> {
    return new Map([...this.#stateByTopic].map(([topic, { value }]) => [topic, structuredClone(value)]));
  }

  /** The last `state` event of each topic, for clients that come later. */
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

/** A copy that later changes of the value do not touch. */
function snapshot({ topic, value }: Extract<EventBody, { type: 'state' }>): unknown {
  try {
    return JSON.parse(JSON.stringify(value ?? null)) as unknown;
  } catch (cause) {
    throw new HeedError('bad-message', `The value of the state "${topic}" must be JSON: ${(cause as Error).message}`, {
      cause,
    });
  }
}
