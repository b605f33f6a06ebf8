import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type Server as SocketServer } from 'ws';
import { eventJson } from '../events/index.ts';
import { Channel, type Connection } from './channel.ts';
import type { ServerContext } from './context.ts';
import { HeedSocket } from './heed-socket.ts';
import type { Upgrade } from './protocol.ts';
import { standAloneErrorEvent } from './public-error.ts';
import { chosenProtocol } from './subprotocols.ts';
import { targetOf } from './target.ts';

/** How long a client may take to complete the closing handshake, ms. */
const closeTimeoutMs = 2_000;

/**
 * Turns upgrade requests into WebSockets. Even a client that is refused gets one, with the reason as an event, because
 * pages in a browser cannot read the response to a failed upgrade.
 */
export class Upgrades {
  readonly #context: ServerContext;
  readonly #byPath: ReadonlyMap<string, Upgrade>;
  readonly #channels = new Set<Channel>();
  readonly #sockets: SocketServer<typeof HeedSocket>;
  #state: 'open' | 'closing' = 'open';

  constructor(context: ServerContext, byPath: ReadonlyMap<string, Upgrade>) {
    this.#context = context;
    this.#byPath = byPath;
    // A variable, because the types of ws do not know `closeTimeout` yet and would reject it in a literal.
    const options = {
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      WebSocket: HeedSocket,
      maxPayload: context.gateway.config.server.maxPayloadBytes,
      closeTimeout: closeTimeoutMs,
      handleProtocols: chosenProtocol,
    };
    this.#sockets = new WebSocketServer(options);
  }

  /** Takes an upgrade request. */
  take(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Harmless: it only means that the client left during the handshake.
    socket.on('error', () => undefined);
    const target = targetOf(request);
    const upgrade = target && this.#byPath.get(target.path);
    if (!upgrade || this.#state === 'closing') {
      const status = upgrade ? '503 Service Unavailable' : '404 Not Found';
      socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) =>
      this.#open(webSocket, request, (channel) => upgrade(channel, target)),
    );
  }

  /** Drops connections that no longer respond, and pings the others. */
  beat(): void {
    for (const channel of this.#channels) channel.beat();
  }

  /** Ends all connections; resolves when their sessions have ended. */
  async close(): Promise<void> {
    this.#state = 'closing';
    await Promise.all([...this.#channels].map((channel) => channel.shutDown()));
    this.#sockets.close();
  }

  #open(socket: HeedSocket, request: IncomingMessage, connect: (channel: Channel) => Connection): void {
    const { access, rate, gateway, log } = this.#context;
    const channel = new Channel(socket, { config: gateway.config.server, log });
    this.#channels.add(channel);
    socket.on('close', () => this.#channels.delete(channel));
    try {
      rate.count(request.socket.remoteAddress ?? '');
      access.checkAddress({ host: request.headers.host, origin: request.headers.origin });
      channel.speak(connect(channel));
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
