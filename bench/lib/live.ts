import { WebSocket } from 'ws';
import { eventSchema, type EventOf, type EventType, type HeedEvent } from '../../src/events/event.ts';
import { msToSamples, sampleRateHz, samplesToMs } from '../../src/types.ts';

/** How much audio one message holds, ms: as much as browsers and telephones send. */
const messageMs = 20;

/** Plays samples as a microphone delivers them: each message is sent when its last sample has been recorded. */
export class Playback {
  /** When the first sample was recorded, in ms of `performance.now()`. */
  readonly startMs = performance.now();
  /** Resolves when everything has been sent, or after stop(). */
  readonly done: Promise<void>;
  #isStopped = false;

  constructor(samples: Float32Array, send: (message: Float32Array) => void) {
    this.done = this.#play(samples, send);
  }

  /** Returns when a sample was recorded, in ms of `performance.now()`. */
  recordedAtMs(sample: number): number {
    return this.startMs + samplesToMs(sample);
  }

  stop(): void {
    this.#isStopped = true;
  }

  async #play(samples: Float32Array, send: (message: Float32Array) => void): Promise<void> {
    const messageSamples = msToSamples(messageMs);
    for (let end = messageSamples; end <= samples.length && !this.#isStopped; end += messageSamples) {
      const waitMs = this.recordedAtMs(end) - performance.now();
      if (waitMs > 0) await delay(waitMs);
      send(samples.subarray(end - messageSamples, end));
    }
  }
}

/** An event, and when it arrived, in ms of `performance.now()`. */
export interface TimedEvent {
  atMs: number;
  event: HeedEvent;
}

/** One speaker on `/v1/stream`, like a client in any language. */
export class LiveClient {
  readonly events: TimedEvent[] = [];
  readonly #socket: WebSocket;
  readonly #closed: Promise<void>;
  #onEvent: (event: TimedEvent) => void = () => undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.#closed = new Promise((resolve) => {
      socket.on('close', () => resolve());
    });
    socket.on('message', (data: Buffer) => {
      const timed = { atMs: performance.now(), event: eventSchema.parse(JSON.parse(data.toString())) };
      this.events.push(timed);
      this.#onEvent(timed);
    });
  }

  /** Connects to the server of a page's address; resolves when the session has started. */
  static async open(pageUrl: string, options: { diarize?: boolean } = {}): Promise<LiveClient> {
    const { host, searchParams } = new URL(pageUrl);
    const socket = new WebSocket(`ws://${host}/v1/stream`);
    const client = new LiveClient(socket);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const started = client.until(({ event }) => event.type === 'session.started');
    socket.send(
      JSON.stringify({
        type: 'start',
        token: searchParams.get('token'),
        audio: { encoding: 'pcm_s16le', sample_rate: sampleRateHz, channels: 1 },
        ...options,
      }),
    );
    await Promise.race([
      started,
      client.#closed.then(() => {
        throw new Error(`The server closed the connection: ${JSON.stringify(client.events.at(-1)?.event)}`);
      }),
    ]);
    return client;
  }

  /** Sends samples as 16-bit audio. */
  send(samples: Float32Array): void {
    this.#socket.send(toPcm(samples));
  }

  /** Resolves when an event comes for which `isMeant` is true. Only one can be awaited at a time. */
  until(isMeant: (timed: TimedEvent) => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#onEvent = (timed) => {
        if (isMeant(timed)) resolve();
      };
    });
  }

  /** Returns the events of one type so far. */
  of<T extends EventType>(type: T): { atMs: number; event: EventOf<T> }[] {
    return this.events.filter((timed): timed is { atMs: number; event: EventOf<T> } => timed.event.type === type);
  }

  /** Ends the session and waits until the server has ended it too. */
  async close(): Promise<void> {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify({ type: 'end' }));
    await this.#closed;
  }
}

/** Encodes samples as 16-bit little-endian audio. */
export function toPcm(samples: Float32Array): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(samples.length * 2));
  samples.forEach((sample, index) =>
    bytes.setInt16(index * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), true),
  );
  return new Uint8Array(bytes.buffer);
}

export function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
