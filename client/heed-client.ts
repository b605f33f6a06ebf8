import type { HeedEvent } from '../src/events/event.ts';
import type { Connection } from './connection.ts';
import type { Loss } from './lost-speech.ts';
import { Microphone, MicrophoneError } from './microphone.ts';
import { StreamLine } from './stream-line.ts';

export type { Connection } from './connection.ts';
export type { Loss } from './lost-speech.ts';

/** The state of the microphone. */
export type MicrophoneStatus = 'off' | 'opening' | 'on';

/** What a client needs. On a page that heed serves, only `token` is required. */
export interface HeedClientOptions {
  token: string;
  /** The address of `/v1/stream`; default: the server of this page. */
  url?: string;
  /** The address of the built `capture-worklet.js`; default: the folder of this module. */
  workletUrl?: string | URL;
  /** An ISO 639-1 code or "auto"; default: the server's language. */
  language?: string;
  /** The types of events to receive; default: all. */
  types?: HeedEvent['type'][];
  onEvent?: (event: HeedEvent) => void;
  onConnection?: (connection: Connection) => void;
  onMicrophone?: (status: MicrophoneStatus) => void;
  /** Called about 31 times a second with the loudness, 0–1, while the microphone is on. */
  onLevel?: (level: number) => void;
  /** Called when the device disappears while it is in use. */
  onMicrophoneLost?: () => void;
  /** Called when something of what was said was lost with the connection, once that is certain. */
  onLost?: (loss: Loss) => void;
}

/** Events that the client itself depends on. */
const neededTypes: HeedEvent['type'][] = ['session.started', 'error'];

/**
 * A stream from a browser to heed: it sends the microphone and typed phrases, and receives events. It reconnects by
 * itself. Meanwhile the microphone stays open, and what is said then is sent when the connection is back, unless that
 * takes longer than the server keeps the session; `onLost` tells then what was lost.
 * @example
 * const client = new HeedClient({ token, onEvent: (event) => console.log(event.type) });
 * client.connect();
 * await client.startAudio();
 */
export class HeedClient {
  readonly #options: HeedClientOptions;
  readonly #microphone: Microphone;
  readonly #line: StreamLine;
  #microphoneStatus: MicrophoneStatus = 'off';

  constructor(options: HeedClientOptions) {
    this.#options = options;
    this.#microphone = new Microphone({
      workletUrl: options.workletUrl ?? new URL('./capture-worklet.js', import.meta.url),
      onFrame: ({ pcm, level }) => {
        this.#line.sendAudio(pcm);
        options.onLevel?.(level);
      },
      onLost: () => {
        this.#setMicrophone('off');
        options.onMicrophoneLost?.();
      },
    });
    this.#line = new StreamLine({
      openSocket: () => new WebSocket(options.url ?? streamUrl()),
      startMessage: () => this.#startMessage(),
      onConnection: (connection) => {
        options.onConnection?.(connection);
        // Nobody will hear it any more, so it must not stay open.
        if (connection.status === 'refused') this.stopAudio();
      },
      onEvent: (event) => options.onEvent?.(event),
      onLost: (loss) => options.onLost?.(loss),
    });
  }

  get connection(): Connection {
    return this.#line.connection;
  }

  get microphone(): MicrophoneStatus {
    return this.#microphoneStatus;
  }

  /** Connects, or tries again at once while it waits to reconnect. */
  connect(): void {
    this.#line.connect();
  }

  /** Ends the session and releases the microphone. `connect` starts a new session. */
  close(): void {
    this.stopAudio();
    this.#line.close();
  }

  /**
   * Opens the microphone and streams it until stopAudio().
   * @throws MicrophoneError
   */
  async startAudio(): Promise<void> {
    if (this.#microphoneStatus !== 'off') return;
    if (this.connection.status === 'refused') throw new MicrophoneError('no-connection');
    this.#setMicrophone('opening');
    try {
      if (await this.#microphone.open()) this.#setMicrophone('on');
    } catch (error) {
      this.#setMicrophone('off');
      throw error;
    }
  }

  /** Releases the microphone. A phrase that has begun stays open until flush() or silence. */
  stopAudio(): void {
    this.#microphone.close();
    this.#setMicrophone('off');
  }

  /**
   * Sends sound of one's own instead of the microphone's: 16 kHz mono, signed 16-bit little-endian. Returns false when
   * nobody will ever hear it.
   */
  sendAudio(pcm: ArrayBuffer): boolean {
    return this.#line.sendAudio(pcm);
  }

  /** Ends the phrase that is being spoken, because push-to-talk was released. */
  flush(): boolean {
    return this.#line.sendWithAudio({ type: 'flush' });
  }

  /** Sends a typed phrase, which is handled like a spoken one. Returns false when there is no connection. */
  say(text: string): boolean {
    return this.#line.send({ type: 'say', text });
  }

  /** Answers a `prompt` event. Returns false when there is no connection. */
  answer(promptId: string, text: string): boolean {
    return this.#line.send({ type: 'answer', prompt_id: promptId, text });
  }

  /**
   * Says whether the client is now speaking what heed said, so that heed does not react to its own words. Returns false
   * when there is no connection.
   */
  playing(isPlaying: boolean): boolean {
    return this.#line.sendWithAudio({ type: 'playing', playing: isPlaying });
  }

  #startMessage(): Record<string, unknown> {
    const { token, language, types } = this.#options;
    return {
      type: 'start',
      token,
      audio: { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 },
      ...(language === undefined ? {} : { language }),
      ...(types === undefined ? {} : { types: [...new Set([...neededTypes, ...types])] }),
    };
  }

  #setMicrophone(status: MicrophoneStatus): void {
    if (status === this.#microphoneStatus) return;
    this.#microphoneStatus = status;
    this.#options.onMicrophone?.(status);
  }
}

function streamUrl(): string {
  const url = new URL('/v1/stream', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
