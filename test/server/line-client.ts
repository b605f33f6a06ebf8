import { WebSocket } from 'ws';
import type { Connection } from '../../client/connection.ts';
import type { Loss } from '../../client/lost-speech.ts';
import { StreamLine } from '../../client/stream-line.ts';
import type { EventOf, EventType, HeedEvent } from '../../src/events/index.ts';

/** The client's own line in Node, which keeps what it gets so that tests can wait for it. */
export class LineClient {
  readonly line: StreamLine;
  readonly events: HeedEvent[] = [];
  readonly losses: Loss[] = [];
  readonly connections: Connection[] = [];
  /** The socket that was opened last. */
  socket: WebSocket | undefined;
  readonly #waiting = new Set<() => void>();

  /** With `isEager` it connects again without the usual wait. */
  constructor(url: () => string, start: Record<string, unknown>, { isEager = false } = {}) {
    this.line = new StreamLine({
      openSocket: () => {
        this.socket = new WebSocket(url());
        this.socket.on('error', () => undefined);
        return this.socket;
      },
      startMessage: () => ({ type: 'start', audio, ...start }),
      onConnection: (connection) => {
        this.#keep(this.connections, connection);
        if (isEager && connection.status === 'waiting') queueMicrotask(() => this.line.connect());
      },
      onEvent: (event) => this.#keep(this.events, event),
      onLost: (loss) => this.#keep(this.losses, loss),
    });
    this.line.connect();
  }

  /** Resolves with the first thing that the check returns, looked for after whatever comes. */
  async until<T>(check: () => T | undefined): Promise<T> {
    for (;;) {
      const found = check();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
      });
    }
  }

  /** Resolves with the event of a type that comes at this place among those of its type, 0 for the first. */
  event<T extends EventType>(type: T, index = 0): Promise<EventOf<T>> {
    return this.until(() => this.all(type)[index]);
  }

  /** All events of a type so far. */
  all<T extends EventType>(type: T): EventOf<T>[] {
    return this.events.filter((event): event is EventOf<T> => event.type === type);
  }

  /** Resolves when the line has this status. */
  async is(status: Connection['status']): Promise<void> {
    await this.until(() => this.line.connection.status === status || undefined);
  }

  #keep<T>(list: T[], value: T): void {
    list.push(value);
    for (const wake of [...this.#waiting]) wake();
  }
}

const audio = { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 };
