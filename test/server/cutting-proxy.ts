import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Where a connection through a cutting proxy breaks. */
export interface Cut {
  /** The direction whose bytes are counted. */
  side: 'up' | 'down';
  /** After so many bytes, wherever in a message or in the handshake that is. */
  afterBytes: number;
  /** `end` and `reset` end both sides; with `half` the server's side stays open, as if the network had swallowed it. */
  how: 'end' | 'reset' | 'half';
}

/** Passes connections on to a server, and cuts each one where it is told. */
export class CuttingProxy implements AsyncDisposable {
  cuts = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(target: () => number, nextCut: (cutsBefore: number) => Cut | undefined) {
    this.#server = createServer((client) => {
      const server = connect(target(), '127.0.0.1');
      for (const socket of [client, server]) {
        this.#sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => this.#sockets.delete(socket));
      }
      const cut = nextCut(this.cuts);
      this.#pass(client, server, cut?.side === 'up' ? cut : undefined, () => this.#cut(client, server, cut!.how));
      this.#pass(server, client, cut?.side === 'down' ? cut : undefined, () => this.#cut(client, server, cut!.how));
    });
  }

  /** `nextCut` is asked for each new connection. */
  static async open(target: () => number, nextCut: (cutsBefore: number) => Cut | undefined): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(target, nextCut);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Cuts whatever is connected now. */
  cutNow(): void {
    for (const socket of [...this.#sockets]) socket.destroy();
    this.cuts++;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of [...this.#sockets]) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #pass(from: Socket, to: Socket, cut: Cut | undefined, onCut: () => void): void {
    let left = cut?.afterBytes ?? Infinity;
    from.on('data', (bytes: Buffer) => {
      const part = bytes.subarray(0, left);
      left -= part.length;
      if (part.length > 0 && to.writable) to.write(part);
      if (left > 0 || !cut) return;
      cut = undefined;
      left = Infinity;
      from.removeAllListeners('data');
      onCut();
    });
    from.on('end', () => to.end());
    from.on('close', () => to.destroySoon());
  }

  #cut(client: Socket, server: Socket, how: Cut['how']): void {
    this.cuts++;
    if (how === 'reset') {
      client.resetAndDestroy();
      server.resetAndDestroy();
      return;
    }
    if (how === 'half') {
      client.removeAllListeners('close');
      client.on('close', () => this.#sockets.delete(client));
    }
    // The bytes before the cut still arrive.
    client.destroySoon();
    if (how === 'end') server.destroySoon();
  }
}

/** Random numbers from 0 to 1, the same for each seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
