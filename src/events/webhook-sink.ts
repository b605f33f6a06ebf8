import { unescape } from 'node:querystring';
import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../log.ts';
import type { EventType, HeedEvent } from './event.ts';
import type { EventBus } from './event-bus.ts';
import { eventJson } from './event-json.ts';
import { spokenIn } from './spoken.ts';
import { signatureOf } from './signature.ts';

/** Where events are posted and how delivery is retried: the configuration's section `webhook`. */
export interface WebhookOptions {
  url: string;
  /** Key of the HMAC-SHA256 signature; with an empty one, deliveries are not signed. */
  secret: string;
  /** Event types that are sent; an empty list means all. */
  types: readonly EventType[];
  maxAttempts: number;
  /** Wait before the second try; it doubles with each further try. */
  backoffMs: number;
  timeoutMs: number;
  /** How long `close` waits for the delivery of waiting events. */
  drainMs: number;
  /** Number of events that may wait; beyond it the oldest is dropped. */
  maxQueue: number;
}

/** How long the events that wait may be together, as JSON, characters. */
const maxQueueLength = 2 * 1024 * 1024;

/** The longest wait between two tries, ms. */
const maxBackoffMs = 30_000;

/** Statuses below 500 after which another try may help: request timeout, too early, too many requests. */
const retriedStatuses = new Set([408, 425, 429]);

/**
 * Posts events to one address, one at a time and in order. A failed delivery is tried again after a random wait that
 * grows with each try. When too many events wait, the oldest is dropped. A receiver may get an event twice, with the
 * same `event_id`.
 */
export class WebhookSink {
  readonly #config: WebhookOptions;
  readonly #address: { url: string; authorization?: string };
  readonly #log: Log;
  readonly #stopListening: () => void;
  readonly #queue: HeedEvent[] = [];
  /** Aborted by `close()`: from then on there are no waits between tries. */
  readonly #closing = new AbortController();
  /** Aborted when the time to deliver waiting events is over: this also ends a try that is under way. */
  readonly #deadline = new AbortController();
  #queueLength = 0;
  #dropped = 0;
  #working: Promise<void> | undefined;
  #closed: Promise<void> | undefined;

  constructor(bus: EventBus, config: WebhookOptions, { log }: { log: Log }) {
    this.#config = config;
    this.#address = addressOf(config.url);
    this.#log = log;
    this.#stopListening = bus.subscribe({ types: config.types.length > 0 ? config.types : undefined }, (event) =>
      this.#enqueue(event),
    );
  }

  /** Takes no more events, gives the waiting ones a short time to be delivered, and drops the rest. Idempotent. */
  close(): Promise<void> {
    this.#closed ??= this.#drain();
    return this.#closed;
  }

  #enqueue(event: HeedEvent): void {
    this.#queue.push(event);
    this.#queueLength += eventJson(event).length;
    while (this.#queue.length > this.#config.maxQueue || this.#queueLength > maxQueueLength) {
      this.#take();
      if (this.#dropped++ === 0)
        this.#log(`The webhook is too slow: ${this.#queue.length} events are waiting, so the oldest are dropped.`);
    }
    this.#working ??= this.#work();
  }

  async #work(): Promise<void> {
    while (this.#queue.length > 0 && !this.#deadline.signal.aborted) {
      await this.#deliver(this.#take());
      if (this.#dropped > 0 && this.#queue.length === 0) {
        this.#log(`The webhook has caught up; ${this.#dropped} events were dropped.`);
        this.#dropped = 0;
      }
    }
    this.#working = undefined;
  }

  #take(): HeedEvent {
    const event = this.#queue.shift()!;
    this.#queueLength -= eventJson(event).length;
    return event;
  }

  async #deliver(event: HeedEvent): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const failure = await this.#post(event);
      if (failure === undefined) return;
      if (!failure.mayRetry || attempt >= this.#config.maxAttempts || this.#deadline.signal.aborted) {
        this.#log(
          `The webhook did not accept ${event.type} ${event.event_id} after ${attempt} tries: ${failure.reason}`,
          { level: 'error', spoken: spokenIn(event) },
        );
        return;
      }
      const backoffMs = Math.min(maxBackoffMs, this.#config.backoffMs * 2 ** (attempt - 1));
      await wait(backoffMs * (0.5 + Math.random() / 2), undefined, { signal: this.#closing.signal, ref: false }).catch(
        () => {
          /* `close()` cuts the wait short, and the next try follows at once. */
        },
      );
    }
  }

  async #post(event: HeedEvent): Promise<{ reason: string; mayRetry: boolean } | undefined> {
    const { secret, timeoutMs } = this.#config;
    const { url, authorization } = this.#address;
    const body = eventJson(event);
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      ...(authorization === undefined ? {} : { authorization }),
      'heed-event-id': event.event_id,
      'heed-event-type': event.type,
    };
    if (secret !== '')
      headers['heed-signature'] = signatureOf({ body, secret, timestamp: Math.floor(Date.now() / 1000) });
    try {
      const response = await fetch(url, {
        method: 'POST',
        body,
        headers,
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), this.#deadline.signal]),
      });
      await response.body?.cancel();
      if (response.ok) return undefined;
      return {
        reason: `status ${response.status}`,
        mayRetry: response.status >= 500 || retriedStatuses.has(response.status),
      };
    } catch (error) {
      const { message, cause } = error as Error;
      return { reason: cause instanceof Error ? `${message}: ${cause.message}` : message, mayRetry: true };
    }
  }

  async #drain(): Promise<void> {
    this.#stopListening();
    this.#closing.abort();
    const timer = setTimeout(() => this.#deadline.abort(), this.#config.drainMs);
    await this.#working;
    clearTimeout(timer);
    if (this.#queue.length > 0)
      this.#log(`The webhook was closed before ${this.#queue.length} events could be delivered.`);
  }
}

/** `fetch` takes no address with a name and password in it; they go into a header, as browsers and curl do it. */
function addressOf(text: string): { url: string; authorization?: string } {
  const url = new URL(text);
  const { username, password } = url;
  if (username === '' && password === '') return { url: url.href };
  url.username = '';
  url.password = '';
  const pair = `${unescape(username)}:${unescape(password)}`;
  return { url: url.href, authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}
