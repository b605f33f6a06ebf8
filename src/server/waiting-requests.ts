import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * The most requests of one connection that may wait for their responses. Clients send the next one when they have the
 * response; a few more may come before the operating system has said that it was sent.
 */
const maxWaiting = 4;

/** Drops connections that go on sending requests and read no response, each of which would hold files and memory. */
export class WaitingRequests {
  readonly #counts = new WeakMap<Socket, number>();

  /** Takes a request. Returns false when its connection is dropped, and nothing need be done. */
  take({ socket }: IncomingMessage, response: ServerResponse): boolean {
    const count = (this.#counts.get(socket) ?? 0) + 1;
    if (count > maxWaiting) {
      socket.destroy();
      return false;
    }
    this.#counts.set(socket, count);
    response.once('close', () => this.#counts.set(socket, this.#counts.get(socket)! - 1));
    return true;
  }
}
