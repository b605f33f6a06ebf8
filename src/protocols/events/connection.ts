import { HeedError } from '../../errors.ts';
import { eventJson } from '../../events/index.ts';
import type { Channel, Connection } from '../../server/channel.ts';
import type { ServerContext } from '../../server/context.ts';
import { parseMessage, parseValue, textOf } from '../../server/parse-message.ts';
import { standAloneErrorEvent } from '../../server/public-error.ts';
import type { Target } from '../../server/target.ts';
import { subscribeQuerySchema, subscribeSchema, type SubscribeQuery } from './messages.ts';
import { openSubscription } from './subscription.ts';

/**
 * A subscriber to `/v1/events` over a WebSocket. It says what it wants either in the address, together with the token,
 * or in a first message.
 */
export class EventsConnection implements Connection {
  readonly #channel: Channel;
  readonly #context: ServerContext;
  #state: 'authenticating' | 'open' | 'closing' = 'authenticating';
  #stop: (() => void) | undefined;

  /** @throws HeedError `bad-message` or `too-many` if the handshake has shown the token, and what it wishes is wrong */
  constructor(channel: Channel, context: ServerContext, { token, query }: Target) {
    this.#channel = channel;
    this.#context = context;
    if (token !== undefined) this.#open(parseValue(Object.fromEntries(query), subscribeQuerySchema));
    else channel.expectMessage(context.gateway.config.server.authTimeoutMs);
  }

  receive(data: Uint8Array, isBinary: boolean): void {
    if (this.#state !== 'authenticating' || isBinary) {
      throw new HeedError(
        'bad-message',
        'One text message, {"type":"subscribe","token":"…"}, was expected, or none if the token is in the address; ' +
          'another message came.',
      );
    }
    const message = parseMessage(textOf(data), subscribeSchema);
    this.#channel.enter(message.token);
    this.#open(message);
  }

  tell(error: HeedError): void {
    this.#channel.send(eventJson(standAloneErrorEvent(error, this.#channel.id)));
  }

  end(): void {
    this.#state = 'closing';
    this.#stop?.();
  }

  #open({ types, session, last_event_id }: SubscribeQuery): void {
    this.#state = 'open';
    this.#stop = openSubscription(
      this.#context,
      { types, session, lastEventId: last_event_id },
      {
        begin: (missed) => this.#channel.begin(missed),
        send: (text, event) => this.#channel.send(text, event),
        textOf: eventJson,
      },
    );
    // A slow reader may have been disconnected while it was sent the events that it missed.
    if (!this.#channel.isOpen) this.#stop();
  }
}
