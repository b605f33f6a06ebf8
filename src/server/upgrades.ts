import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type Server as SocketServer } from 'ws';
import { eventJson } from '../events/index.ts';
import { wavChunksPaths, WavChunksConnection } from '../protocols/wav-chunks/index.ts';
import { Channel, type Protocol } from './channel.ts';
import type { ServerContext } from './context.ts';
import { EventsConnection } from '../protocols/events/connection.ts';
import { HeedSocket } from './heed-socket.ts';
import { standAloneErrorEvent } from './public-error.ts';
import { StreamConnection } from '../protocols/stream/connection.ts';
import { targetOf, type Target } from './target.ts';

/** Makes the protocol of a path. */
type ProtocolMaker = (channel: Channel, context: ServerContext, target: Target) => Protocol;

const protocols = new Map<string, ProtocolMaker>([
  ['/v1/stream', (channel, context) => new StreamConnection(channel, context)],
  ['/v1/events', (channel, context, target) => new EventsConnection(channel, context, target)],
  ...wavChunksPaths.map((path): [string, ProtocolMaker] => [
    path,
    (channel, context, target) => new WavChunksConnection(channel, context, target),
  ]),
]);

/** Time a client has to answer a closing handshake, ms. */
const closeTimeoutMs = 2_000;

/**
 * Turns upgrade requests into WebSockets. Who is refused gets the reason over the WebSocket, where browsers can see it.
 */
export class Upgrades {
  readonly #context: ServerContext;
  readonly #channels = new Set<Channel>();
  readonly #sockets: SocketServer<typeof HeedSocket>;
  #state: 'open' | 'closing' = 'open';

  constructor(context: ServerContext) {
    this.#context = context;
    const options = {
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      WebSocket: HeedSocket,
      maxPayload: context.heed.config.server.maxPayloadBytes,
      closeTimeout: closeTimeoutMs,
    };
    this.#sockets = new WebSocketServer(options);
  }

  /** Answers an upgrade request. */
  take(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // A client that leaves during the handshake is nobody's error.
    socket.on('error', () => undefined);
    const target = targetOf(request);
    const make = target && protocols.get(target.path);
    if (!make || this.#state === 'closing') {
      socket.end(
        `HTTP/1.1 ${make ? '503 Service Unavailable' : '404 Not Found'}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
      );
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) =>
      this.#open(webSocket, request, (channel) => make(channel, this.#context, target)),
    );
  }

  /** Drops dead connections and pings the others. */
  beat(): void {
    for (const channel of this.#channels) channel.beat();
  }

  /** Ends all connections; resolves when their sessions have ended. */
  async close(): Promise<void> {
    this.#state = 'closing';
    await Promise.all([...this.#channels].map((channel) => channel.shutDown()));
    this.#sockets.close();
  }

  #open(socket: HeedSocket, request: IncomingMessage, make: (channel: Channel) => Protocol): void {
    const { access, rate, heed, log } = this.#context;
    const channel = new Channel(socket, { config: heed.config.server, log });
    this.#channels.add(channel);
    socket.on('close', () => this.#channels.delete(channel));
    try {
      rate.count(request.socket.remoteAddress ?? '');
      access.checkAddress({ host: request.headers.host, origin: request.headers.origin });
      channel.speak(make(channel));
    } catch (error) {
      channel.speak({
        receive: () => undefined,
        end: () => undefined,
        tell: (told) => channel.send(eventJson(standAloneErrorEvent(told, channel.id))),
      });
      channel.refuse(error);
    }
  }
}
