import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type Server as SocketServer } from 'ws';
import { eventJson } from '../events/index.ts';
import { Channel } from './channel.ts';
import type { ServerContext } from './context.ts';
import { HeedSocket } from './heed-socket.ts';
import type { Upgrade } from './protocol.ts';
import { publicError, standAloneErrorEvent } from './public-error.ts';
import { refuseUpgrade } from './respond.ts';
import { chosenProtocol } from './subprotocols.ts';
import { targetOf, type Target } from './target.ts';

/** How long a client may take to complete the closing handshake, ms. */
const closeTimeoutMs = 2_000;

/** The most fragments of a message; a sender that cuts a message into crumbs only costs memory. */
const maxFragments = 1_024;

/**
 * Turns upgrade requests into WebSockets. A request of a foreign page, or with a wrong token, gets none. Whatever else
 * is wrong is told on the WebSocket, as pages in a browser cannot read the response to a failed upgrade.
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
      maxFragments,
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
    const { access, door, log, refusals } = this.#context;
    try {
      access.checkAddress({ host: request.headers.host, origin: request.headers.origin });
      if (target.token !== undefined) door.enter(request.socket, target.token);
    } catch (error) {
      const told = publicError(error, log);
      refusals.count('connection', told.code);
      refuseUpgrade(socket, told);
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) =>
      this.#open(webSocket, request.socket, { target, upgrade }),
    );
  }

  /** Drops connections that no longer respond, and pings the others. */
  beat(): void {
    for (const channel of this.#channels) channel.beat();
  }

  /** Ends each connection of a speaker as soon as nothing is being said or run in it; leaves all others alone. */
  async drain(): Promise<void> {
    const speakers = [...this.#channels].filter(({ canDrain }) => canDrain);
    await Promise.all(speakers.map((channel) => channel.drain()));
  }

  /** Ends all connections; resolves when their sessions have ended. */
  async close(): Promise<void> {
    this.#state = 'closing';
    await Promise.all([...this.#channels].map((channel) => channel.shutDown()));
    this.#sockets.close();
  }

  #open(webSocket: HeedSocket, socket: Socket, { target, upgrade }: { target: Target; upgrade: Upgrade }): void {
    const { door, gateway, log, refusals } = this.#context;
    const count = (bytes: Buffer): void => channel.count(bytes.length);
    const channel = new Channel(webSocket, {
      config: gateway.config.server,
      log,
      isKnown: target.token !== undefined,
      enter: (token) => {
        door.enter(socket, token);
        socket.off('data', count);
      },
      onRefusal: (code) => refusals.count('connection', code),
    });
    if (target.token === undefined) socket.on('data', count);
    this.#channels.add(channel);
    webSocket.on('close', () => this.#channels.delete(channel));
    try {
      channel.speak(upgrade(channel, target));
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
