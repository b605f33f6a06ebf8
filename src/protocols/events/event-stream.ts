import type { ServerResponse } from 'node:http';
import { HeedError } from '../../errors.ts';
import { eventJson, type HeedEvent } from '../../events/index.ts';
import { Backlog, slowReader, tooMuch, type Told } from '../../server/backlog.ts';
import type { ServerContext } from '../../server/context.ts';
import { standAloneErrorEvent } from '../../server/public-error.ts';
import { commonHeaders } from '../../server/respond.ts';
import type { SubscribeQuery } from './messages.ts';
import { openSubscription, type Subscriber } from './subscription.ts';

/** How long a client that reads too slowly may take for its last event, ms. */
const lastEventMs = 2_000;

/** A subscriber to `/v1/events` over Server-Sent Events. */
export class EventsStream implements Subscriber {
  readonly #response: ServerResponse;
  readonly #context: ServerContext;
  readonly #backlog: Backlog;
  readonly #stop: () => void;
  /** Whether something waited at the last beat of which the client has taken nothing since. */
  #isStuck = false;

  /** @throws HeedError `too-many` */
  constructor(response: ServerResponse, context: ServerContext, { types, session, last_event_id }: SubscribeQuery) {
    this.#response = response;
    this.#context = context;
    const outlet = {
      get bufferedAmount() {
        return response.writableLength;
      },
      send: (text: string, onTaken: () => void) =>
        void response.write(text, () => {
          this.#isStuck = false;
          onTaken();
        }),
    };
    this.#backlog = new Backlog(outlet, context.gateway.config.server.maxBufferedBytes);
    this.#stop = openSubscription(context, { types, session, lastEventId: last_event_id }, this);
    response.on('close', () => this.close());
    // A slow reader may have been disconnected while it was sent the kept states.
    if (response.writableEnded) this.#stop();
  }

  open(): void {
    this.#response.writeHead(200, {
      ...commonHeaders,
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    this.#response.write('retry: 2000\n\n');
  }

  begin(missed: Iterable<Told>): void {
    this.#backlog.begin(missed);
  }

  send(text: string, event: HeedEvent): void {
    if (!this.#backlog.push({ text, event }))
      this.#giveUp(tooMuch(this.#context.gateway.config.server.maxBufferedBytes));
  }

  /** Events outside the order of ids get none: after an interruption the browser names the last id that it got. */
  textOf(event: HeedEvent, isLive: boolean): string {
    return isLive ? messageOf(event) : `data: ${eventJson(event)}\n\n`;
  }

  /**
   * Sends a comment, so that proxies do not end a quiet stream. A client that takes nothing of what waits for it from
   * one beat to the next keeps no place, like a WebSocket that answers no ping.
   */
  beat(): void {
    if (this.#response.writableEnded) return;
    if (this.#response.writableLength === 0) this.#response.write(': still here\n\n');
    else if (this.#isStuck) this.#giveUp('it has taken nothing from one heartbeat to the next');
    this.#isStuck = this.#response.writableLength > 0;
  }

  /** Ends the stream. Idempotent. */
  close(): void {
    this.#backlog.close();
    this.#stop?.();
    this.#response.end();
  }

  /** Ends the stream with an event that says why; a client that comes back gets what it has missed. */
  #giveUp(why: string): void {
    this.#context.log(slowReader('subscriber', why));
    this.#context.refusals.count('connection', 'too-slow');
    const message = `This stream is read too slowly: ${why}. Come back with the id of the last event.`;
    const last = standAloneErrorEvent(new HeedError('too-slow', message), 'heed');
    if (!this.#response.writableEnded) this.#response.write(this.textOf(last, false));
    this.close();
    setTimeout(() => this.#response.destroy(), lastEventMs).unref();
  }
}

const written = new WeakMap<HeedEvent, string>();

/** Returns an event as a message with its id, which all subscribers share. */
function messageOf(event: HeedEvent): string {
  let text = written.get(event);
  if (text === undefined) {
    text = `id: ${event.event_id}\ndata: ${eventJson(event)}\n\n`;
    written.set(event, text);
  }
  return text;
}
