import type { ServerResponse } from 'node:http';
import { eventJson } from '../../events/index.ts';
import type { ServerContext } from '../../server/context.ts';
import { commonHeaders } from '../../server/respond.ts';
import type { SubscribeQuery } from './messages.ts';
import { openSubscription } from './subscription.ts';

/** A subscriber to `/v1/events` over Server-Sent Events. */
export class EventsStream {
  readonly #response: ServerResponse;
  readonly #context: ServerContext;
  readonly #stop: () => void;

  /** @throws HeedError `too-many` */
  constructor(response: ServerResponse, context: ServerContext, { types, session, last_event_id }: SubscribeQuery) {
    this.#response = response;
    this.#context = context;
    // Events are collected until the subscription is open, so that a refusal can still be an ordinary error response.
    const early: string[] = [];
    let write = (text: string): void => {
      early.push(text);
    };
    this.#stop = openSubscription(context, {
      types,
      session,
      lastEventId: last_event_id,
      // Events outside the order of ids get none: after an interruption the browser names the last id that it got.
      send: (event, isLive) => write(`${isLive ? `id: ${event.event_id}\n` : ''}data: ${eventJson(event)}\n\n`),
    });
    response.on('close', () => this.close());
    response.writeHead(200, {
      ...commonHeaders,
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    write = (text) => this.#write(text);
    write(`retry: 2000\n\n${early.join('')}`);
  }

  /** Sends a comment, so that proxies do not end a quiet stream. */
  beat(): void {
    this.#write(': still here\n\n');
  }

  /** Ends the stream. Idempotent. */
  close(): void {
    this.#stop();
    this.#response.end();
  }

  #write(text: string): void {
    const { maxBufferedBytes } = this.#context.gateway.config.server;
    if (this.#response.writableLength + text.length > maxBufferedBytes) {
      this.#context.log(
        `A subscriber was disconnected because it reads too slowly: more than ${maxBufferedBytes} bytes wait for it.`,
      );
      this.#stop();
      this.#response.destroy();
    } else if (!this.#response.writableEnded) this.#response.write(text);
  }
}
