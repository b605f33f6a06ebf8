import type { Socket } from 'node:net';

/** Which of its connections a socket belongs to: TLS makes another object of it, but the numbers stay the same. */
type Client = Pick<Socket, 'remoteAddress' | 'remotePort'>;

/**
 * The connections that have not shown a token yet. They have a pool of their own, in which the oldest one makes room
 * for the next, so that somebody who opens thousands and says nothing keeps nobody else out.
 */
export class Strangers {
  readonly #max: number;
  readonly #sockets = new Map<string, Socket>();

  constructor(max: number) {
    this.#max = max;
  }

  /** A connection was opened. */
  add(socket: Socket): void {
    const name = nameOf(socket);
    this.#sockets.set(name, socket);
    socket.once('close', () => {
      if (this.#sockets.get(name) === socket) this.#sockets.delete(name);
    });
    if (this.#sockets.size <= this.#max) return;
    const [oldest] = this.#sockets.keys();
    this.#sockets.get(oldest!)!.destroy();
    this.#sockets.delete(oldest!);
  }

  /** A connection has shown the token, so it is none of a stranger any more. */
  welcome(client: Client): void {
    this.#sockets.delete(nameOf(client));
  }
}

function nameOf({ remoteAddress, remotePort }: Client): string {
  return `${remoteAddress} ${remotePort}`;
}
