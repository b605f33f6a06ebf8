import { once } from 'node:events';
import { json } from 'node:stream/consumers';
import { vi, type Mock } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import type { ConfigInput } from '../../src/config/index.ts';
import { eventSchema, type EventBus, type EventOf, type EventType, type HeedEvent } from '../../src/events/index.ts';
import { createHeed, type Heed } from '../../src/index.ts';
import { protocols } from '../../src/protocols/index.ts';
import { defineCommand, type CommandDefinition } from '../../src/registry/index.ts';
import { startServer, type HeedServer } from '../../src/server/index.ts';
import type { Vad } from '../../src/vad/index.ts';
import { unhurried } from '../patience.ts';
import { ToneEars } from './fake-ears.ts';

/** The commands of the server's tests. */
export const commands: Record<string, CommandDefinition> = {
  lamp: defineCommand({
    phrases: ['turn on the lamp', 'turn off the lamp'],
    examples: [{ say: 'turn on the lamp' }],
    description: 'Switches the lamp.',
    run: ({ phrase, state }) => {
      state.set('lamp', { on: phrase.includes('on the') });
      return { say: 'Done.' };
    },
  }),
  paint: defineCommand({
    phrases: ['paint the wall'],
    async run({ ask }) {
      return { say: `It is ${await ask('Which colour?')} now.` };
    },
  }),
  sleep: defineCommand({
    phrases: ['sleep now'],
    timeoutMs: 1_500,
    run: ({ signal }) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve(undefined));
      }),
  }),
  broken: defineCommand({
    phrases: ['break it'],
    run: () => {
      throw new Error('secret detail');
    },
  }),
};

/** A server on a free port, with ears that understand tones. */
export interface TestServer extends AsyncDisposable {
  heed: Heed;
  ears: ToneEars;
  /** Called when a session first gets audio. */
  loadVad: Mock<() => Vad | Promise<Vad>>;
  server: HeedServer;
  log: ReturnType<typeof vi.fn<(line: string) => void>>;
  token: string;
  /** Called when a session has lost its line and is held. */
  held: Mock<() => void>;
  /** Returns the address of a path; `ws:` for WebSockets. */
  at(path: string, protocol?: 'http' | 'ws'): string;
  connect(path: string, options?: TestClientOptions): TestClient;
  /** Returns a client whose session has started. */
  start(message?: Record<string, unknown>): Promise<TestClient>;
}

/** Starts heed and its server; `await using` ends both. */
export async function serve(
  config: ConfigInput['server'] = {},
  pageDir?: string,
  {
    tlsDir,
    dispatch = {},
    voices = {},
  }: { tlsDir?: string; dispatch?: ConfigInput['dispatch']; voices?: ConfigInput['voices'] } = {},
): Promise<TestServer> {
  const log = vi.fn<(line: string) => void>();
  const ears = new ToneEars();
  const loadVad = vi.fn<() => Vad | Promise<Vad>>(() => ears.vad);
  const heed = await createHeed({
    commands,
    commandsDir: false,
    log,
    config: unhurried({ server: config, dispatch, voices }),
    vad: loadVad,
    transcriber: ears.transcriber,
  });
  const held = vi.fn<() => void>();
  const openSession = heed.openSession.bind(heed);
  heed.openSession = async (options) => {
    const session = await openSession(options);
    const hold = session.hold.bind(session);
    session.hold = () => {
      hold();
      held();
    };
    return session;
  };
  const server = await startServer(heed, {
    protocols,
    log: heed.log,
    ...(pageDir === undefined ? {} : { pageDir }),
    ...(tlsDir === undefined ? {} : { tlsDir }),
  });
  const token = new URL(server.url).searchParams.get('token')!;
  const at = (path: string, protocol = 'http') => `${protocol}://127.0.0.1:${server.port}${path}`;
  const connect = (path: string, options: TestClientOptions = {}) => new TestClient(at(path, 'ws'), options);
  return {
    heed,
    ears,
    loadVad,
    server,
    log,
    token,
    held,
    at,
    connect,
    async start(message = {}) {
      const client = connect('/v1/stream');
      client.send({ type: 'start', token, ...message });
      await client.next('session.started');
      return client;
    },
    async [Symbol.asyncDispose]() {
      ears.release();
      await server.close();
      await heed.close();
    },
  };
}

/** How a test connects. */
export interface TestClientOptions extends ClientOptions {
  /** The subprotocols that it offers. */
  protocols?: string[];
}

/** A WebSocket client that keeps what it gets, so that tests can take it in order. */
export class TestClient {
  readonly socket: WebSocket;
  /** Every text that has come. */
  readonly texts: string[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  /** Resolves with the answer to a handshake that was refused. */
  readonly refused: Promise<{ status: number | undefined; code: string }>;
  #taken = 0;
  /** Resolves when the handshake is done. */
  readonly opened: Promise<unknown>;
  readonly #waiting = new Set<() => void>();

  constructor(url: string, { protocols = [], ...options }: TestClientOptions) {
    this.socket = new WebSocket(url, protocols, options);
    this.socket.on('error', () => undefined);
    this.opened = once(this.socket, 'open');
    this.opened.catch(() => {
      /* Tests of refused handshakes look at `closed`. */
    });
    this.socket.on('message', (data: Buffer) => {
      this.texts.push(data.toString());
      for (const wake of this.#waiting) wake();
    });
    this.refused = new Promise((resolve) => {
      this.socket.on('unexpected-response', (_, response) => {
        void json(response).then((body) => {
          resolve({ status: response.statusCode, code: (body as { code: string }).code });
          this.socket.terminate();
        });
      });
    });
    this.closed = new Promise((resolve) =>
      this.socket.on('close', (code, reason) => {
        resolve({ code, reason: reason.toString() });
        for (const wake of this.#waiting) wake();
      }),
    );
  }

  /** Sends bytes as binary, a string as it is, anything else as JSON. */
  send(message: unknown): void {
    const data = typeof message === 'string' || message instanceof Uint8Array ? message : JSON.stringify(message);
    void this.opened.then(() => this.socket.send(data)).catch(() => undefined);
  }

  /** Returns the next text. */
  async text(): Promise<string> {
    while (this.#taken >= this.texts.length) {
      if (this.socket.readyState === WebSocket.CLOSED)
        throw new Error(`Closed while a message was awaited. Before: ${this.texts.join('\n')}`);
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
      });
    }
    return this.texts[this.#taken++]!;
  }

  /** Returns the next event of a type and skips those before it. Every event must fit the schema. */
  async next<T extends EventType>(type: T): Promise<EventOf<T>> {
    for (;;) {
      const event = eventSchema.parse(JSON.parse(await this.text()));
      if (event.type === type) return event as EventOf<T>;
    }
  }

  /** All events so far. */
  get events(): HeedEvent[] {
    return this.texts.map((text) => eventSchema.parse(JSON.parse(text)));
  }

  /** The types of the events so far, without partials, whose number depends on the machine. */
  get types(): EventType[] {
    return this.events.map(({ type }) => type).filter((type) => type !== 'segment.partial');
  }
}

/** Returns the next event of a type from the bus. */
export function nextEvent<T extends EventType>(bus: EventBus, type: T): Promise<EventOf<T>> {
  return new Promise((resolve) => {
    const stop = bus.subscribe({ types: [type] }, (event) => {
      stop();
      resolve(event as EventOf<T>);
    });
  });
}
