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
 * A subscriber on `/v1/events` by WebSocket: its wishes stand in the address when a token does, else in a first
 * message.
 */
export class EventsConnection implements Connection {
  readonly #channel: Channel;
  readonly #context: ServerContext;
  #state: 'authenticating' | 'open' | 'closing' = 'authenticating';
  #stop: (() => void) | undefined;

  /** @throws HeedError `unauthorized`, `bad-message`, `too-many` for what stands in the address */
  constructor(channel: Channel, context: ServerContext, { token, query }: Target) {
    this.#channel = channel;
    this.#context = context;
    if (token !== undefined) {
      context.access.checkToken(token);
      this.#open(parseValue(Object.fromEntries(query), subscribeQuerySchema));
    } else channel.expectMessage(context.gateway.config.server.authTimeoutMs);
  }

  receive(data: Uint8Array, isBinary: boolean): void {
    if (this.#state !== 'authenticating' || isBinary) {
      throw new HeedError(
        'bad-message',
        'A subscriber sends one text message, {"type":"subscribe","token":"…"}, or none with a token in the address.',
      );
    }
    const message = parseMessage(textOf(data), subscribeSchema);
    this.#context.access.checkToken(message.token);
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
    this.#stop = openSubscription(this.#context, {
      types,
      session,
      lastEventId: last_event_id,
      send: (event) => this.#channel.send(eventJson(event)),
    });
    // A slow reader may have been closed while it was sent what it missed.
    if (!this.#channel.isOpen) this.#stop();
  }
}
