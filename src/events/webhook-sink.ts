import { setTimeout as wait } from 'node:timers/promises';
import type { EventType, HeedEvent } from './event.ts';
import type { EventBus } from './event-bus.ts';
import { eventJson } from './event-json.ts';
import { signatureOf } from './signature.ts';

/** Where events are posted, and how stubbornly: the options `webhook`. */
export interface WebhookOptions {
  url: string;
  /** Key of the HMAC-SHA256 signature; empty sends none. */
  secret: string;
  /** Types that are sent; an empty list means all. */
  types: readonly EventType[];
  maxAttempts: number;
  /** Wait before the second try; it doubles with each further one. */
  backoffMs: number;
  timeoutMs: number;
  /** Time that waiting events have when heed ends. */
  drainMs: number;
  /** Events that may wait; beyond it the oldest is dropped. */
  maxQueue: number;
}

/** Longest wait between two tries, ms. */
const maxBackoffMs = 30_000;

/** Answers after which another try may help: timeout, too early, too many, and every fault of the server. */
const retriedStatuses = new Set([408, 425, 429]);

/**
 * Posts events to one address, one after the other in their order. A failed delivery is tried again with growing waits
 * of random length; when too many events wait, the oldest is dropped. A receiver may get an event twice (same
 * `event_id`).
 */
export class WebhookSink {
  readonly #config: WebhookOptions;
  readonly #log: (line: string) => void;
  readonly #stopListening: () => void;
  readonly #queue: HeedEvent[] = [];
  /** From close() on there are no waits between tries. */
  readonly #closing = new AbortController();
  /** Ends a running try as well. */
  readonly #deadline = new AbortController();
  #dropped = 0;
  #working: Promise<void> | undefined;
  #closed: Promise<void> | undefined;

  constructor(bus: EventBus, config: WebhookOptions, { log }: { log: (line: string) => void }) {
    this.#config = config;
    this.#log = log;
    this.#stopListening = bus.subscribe({ types: config.types.length > 0 ? config.types : undefined }, (event) =>
      this.#enqueue(event),
    );
  }

  /** Stops listening, gives waiting events a short time to be delivered, and drops the rest. Idempotent. */
  close(): Promise<void> {
    this.#closed ??= this.#drain();
    return this.#closed;
  }

  #enqueue(event: HeedEvent): void {
    if (this.#queue.length >= this.#config.maxQueue) {
      this.#queue.shift();
      if (this.#dropped++ === 0)
        this.#log(`The webhook is too slow: ${this.#config.maxQueue} events wait, the oldest are dropped.`);
    }
    this.#queue.push(event);
    this.#working ??= this.#work();
  }

  async #work(): Promise<void> {
    while (this.#queue.length > 0 && !this.#deadline.signal.aborted) {
      await this.#deliver(this.#queue.shift()!);
      if (this.#dropped > 0 && this.#queue.length === 0) {
        this.#log(`The webhook has caught up; ${this.#dropped} events were dropped.`);
        this.#dropped = 0;
      }
    }
    this.#working = undefined;
  }

  async #deliver(event: HeedEvent): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const failure = await this.#post(event);
      if (failure === undefined) return;
      if (!failure.mayRetry || attempt >= this.#config.maxAttempts || this.#deadline.signal.aborted) {
        this.#log(`The webhook did not take ${event.type} ${event.event_id} after ${attempt} tries: ${failure.reason}`);
        return;
      }
      const backoffMs = Math.min(maxBackoffMs, this.#config.backoffMs * 2 ** (attempt - 1));
      await wait(backoffMs * (0.5 + Math.random() / 2), undefined, { signal: this.#closing.signal, ref: false }).catch(
        () => {
          /* close() cuts the wait short; the next try follows at once. */
        },
      );
    }
  }

  async #post(event: HeedEvent): Promise<{ reason: string; mayRetry: boolean } | undefined> {
    const { url, secret, timeoutMs } = this.#config;
    const body = eventJson(event);
    const headers: Record<string, string> = {
      'content-type': 'application/json',
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
    if (this.#queue.length > 0) this.#log(`The webhook ended with ${this.#queue.length} events undelivered.`);
  }
}
