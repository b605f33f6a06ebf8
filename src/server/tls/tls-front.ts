import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer, type Server as TlsServer } from 'node:tls';
import type { KeyPair } from './own-certificate.ts';

/** How long a client may take until its first byte and, after that, for the handshake, ms. */
const handshakeTimeoutMs = 10_000;
const maxRequestLineBytes = 8_192;
/** The first byte of every TLS connection: the type of the handshake's record. */
const tlsHandshake = 0x16;

/**
 * Makes the port of an HTTP server speak HTTPS. Plain HTTP still works for programs on this machine, whose traffic
 * nobody else can read; from elsewhere it is sent on to the `https:` address. All connections end in the same HTTP
 * server, with its limits and timeouts.
 */
export class TlsFront {
  readonly #tls: TlsServer;
  readonly #serve: (socket: Duplex) => void;
  readonly #sockets = new Set<Socket>();

  constructor(http: Server, keyPair: KeyPair) {
    const [serve] = http.listeners('connection') as ((socket: Duplex) => void)[];
    this.#serve = (socket) => serve?.call(http, socket);
    http.removeAllListeners('connection');
    http.on('connection', (socket: Socket) => this.#take(socket));
    this.#tls = createServer({
      ...keyPair,
      minVersion: 'TLSv1.2',
      ALPNProtocols: ['http/1.1'],
      handshakeTimeout: handshakeTimeoutMs,
    });
    this.#tls.on('secureConnection', (socket) => this.#serve(socket));
    // Harmless: a client that does not trust the certificate hangs up during the handshake.
    this.#tls.on('tlsClientError', () => undefined);
  }

  /** Shows another certificate to the clients that come from now on. */
  renew(keyPair: KeyPair): void {
    this.#tls.setSecureContext({ ...keyPair, minVersion: 'TLSv1.2' });
  }

  /** Drops all connections. */
  destroy(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #take(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    // Harmless: the client left, and 'close' follows.
    socket.on('error', () => undefined);
    const onTimeout = (): void => void socket.destroy();
    socket.setTimeout(handshakeTimeoutMs, onTimeout);
    socket.once('readable', () => {
      const first = socket.read() as Buffer | null;
      socket.setTimeout(0).removeListener('timeout', onTimeout);
      if (first === null) {
        socket.destroy();
        return;
      }
      socket.unshift(first);
      if (first[0] === tlsHandshake) this.#tls.emit('connection', socket);
      else if (isFromThisMachine(socket)) this.#serve(socket);
      else redirect(socket);
    });
  }
}

function isFromThisMachine({ remoteAddress = '' }: Socket): boolean {
  return remoteAddress === '::1' || /^(::ffff:)?127\./.test(remoteAddress);
}

/** Answers a plain request of another machine, as that of an address that was typed without `https:`. */
function redirect(socket: Socket): void {
  socket.setTimeout(handshakeTimeoutMs, () => socket.destroy());
  socket.once('data', (bytes: Buffer) => {
    const head = bytes.toString('latin1', 0, maxRequestLineBytes);
    const [, path] = /^[A-Z]+ (\/\S*) HTTP\/1\.[01]\r\n/.exec(head) ?? [];
    const [, host] = /\r\nhost: *([\w.:[\]-]{1,255})\r\n/i.exec(head) ?? [];
    const isKnown = path !== undefined && host !== undefined;
    socket.end(
      [
        isKnown ? 'HTTP/1.1 307 Temporary Redirect' : 'HTTP/1.1 400 Bad Request',
        ...(isKnown ? [`location: https://${host}${path}`] : []),
        'connection: close',
        'content-length: 0',
        '\r\n',
      ].join('\r\n'),
    );
  });
}
