import type { HeedEvent } from '../src/events/event.ts';
import { Microphone, type MicrophoneChoice } from './microphone.ts';

/** The state of the connection. `waiting` reconnects by itself, `refused` needs another address or token. */
export type Connection =
  | { status: 'connecting' }
  | { status: 'open' }
  | { status: 'waiting'; code: string; message: string; retryInMs: number }
  | { status: 'refused'; code: string; message: string }
  | { status: 'closed' };

/** The state of the microphone. */
export type MicrophoneStatus = 'off' | 'opening' | 'on';

/** What a session is opened with; what is left out is as the server's options say. */
export interface SessionChoices {
  /** An ISO 639-1 code or "auto"; default: the server's language. */
  language?: string;
  /** Words with which a phrase must begin to be obeyed. */
  wake?: string;
  /** How easily speech is noticed, 0–1; 0.5 is usual. */
  sensitivity?: number;
  /** Whether "and" may join several commands in one phrase. */
  chain?: boolean;
}

/** What a client needs. On a page that heed serves, only `token` is required. */
export interface HeedClientOptions extends SessionChoices {
  token: string;
  /** The address of `/v1/stream`; default: the server of this page. */
  url?: string;
  /** The address of the built `capture-worklet.js`; default: the folder of this module. */
  workletUrl?: string | URL;
  /** The types of events to receive; default: all. */
  types?: HeedEvent['type'][];
  onEvent?: (event: HeedEvent) => void;
  onConnection?: (connection: Connection) => void;
  onMicrophone?: (status: MicrophoneStatus) => void;
  /** Called about 31 times a second with the loudness, 0–1, while the microphone is on. */
  onLevel?: (level: number) => void;
  /** Called when the chosen device is not there and the default one is opened instead. */
  onMicrophoneFallback?: () => void;
  /** Called when the device disappears while it is in use. */
  onMicrophoneLost?: () => void;
}

const firstRetryMs = 500;
const longestRetryMs = 8_000;
/** The server promises the first message within 5 s; a session that has not started after this time never will. */
const startTimeoutMs = 10_000;
/** About 10 s of audio. A connection that cannot send more than this is dead, and is opened again. */
const maxUnsentBytes = 320_000;

/** Events that the client itself depends on. */
const neededTypes: HeedEvent['type'][] = ['session.started', 'error'];

/** Close codes after which trying again does not help. */
const refusals: Record<number, string> = { 4400: 'bad-message', 4401: 'unauthorized', 4403: 'forbidden' };
const rejections: Record<number, string> = { 4408: 'timeout', 4413: 'too-large', 4429: 'too-many', 4503: 'busy' };

/**
 * A stream from a browser to heed: it sends the microphone and typed phrases, and receives events. It reconnects by
 * itself. Meanwhile the microphone stays open, but what is said then is lost.
 * @example
 * const client = new HeedClient({ token, onEvent: (event) => console.log(event.type) });
 * client.connect();
 * await client.startAudio();
 */
export class HeedClient {
  readonly #options: HeedClientOptions;
  readonly #microphone: Microphone;
  #choices: SessionChoices;
  #socket: WebSocket | undefined;
  #connection: Connection = { status: 'closed' };
  #microphoneStatus: MicrophoneStatus = 'off';
  #retries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /**
   * The last message, if it was an error: the server gives the reason for a refusal before it closes the connection.
   */
  #lastError: { message: string } | undefined;

  constructor(options: HeedClientOptions) {
    this.#options = options;
    const { language, wake, sensitivity, chain } = options;
    this.#choices = definedOf({ language, wake, sensitivity, chain });
    this.#microphone = new Microphone({
      workletUrl: options.workletUrl ?? new URL('./capture-worklet.js', import.meta.url),
      onFrame: ({ pcm, level }) => {
        this.#sendAudio(pcm);
        options.onLevel?.(level);
      },
      onFallback: () => options.onMicrophoneFallback?.(),
      onLost: () => {
        this.#setMicrophone('off');
        options.onMicrophoneLost?.();
      },
    });
  }

  get connection(): Connection {
    return this.#connection;
  }

  get microphone(): MicrophoneStatus {
    return this.#microphoneStatus;
  }

  /** Connects, or tries again at once while it waits to reconnect. */
  connect(): void {
    if (this.#connection.status === 'connecting' || this.#connection.status === 'open') return;
    clearTimeout(this.#timer);
    this.#lastError = undefined;
    this.#setConnection({ status: 'connecting' });
    const socket = new WebSocket(this.#options.url ?? streamUrl());
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#timer = setTimeout(() => this.#lose(socket, 'timeout'), startTimeoutMs);
    socket.onopen = () => socket.send(JSON.stringify(this.#startMessage()));
    socket.onmessage = ({ data }) => {
      if (this.#socket === socket && typeof data === 'string') this.#receive(data);
    };
    socket.onclose = ({ code }) => this.#lose(socket, refusals[code] ?? rejections[code] ?? 'lost', code in refusals);
  }

  /** Ends the session and releases the microphone. `connect` starts a new session. */
  close(): void {
    this.stopAudio();
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close(1000);
    this.#setConnection({ status: 'closed' });
  }

  /**
   * Ends the session and opens another one with these choices; those that are left out are the server's again. The
   * microphone stays open; what was being said is dropped.
   */
  reopen(choices: SessionChoices): void {
    this.#choices = choices;
    if (this.#connection.status === 'closed') return;
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close(1000);
    this.#retries = 0;
    this.#setConnection({ status: 'closed' });
    this.connect();
  }

  /**
   * Opens the microphone and streams it until stopAudio(). A chosen device that is not there falls back to the default.
   * @throws MicrophoneError
   */
  async startAudio(choice: MicrophoneChoice = {}): Promise<void> {
    if (this.#microphoneStatus !== 'off') return;
    this.#setMicrophone('opening');
    try {
      if (await this.#microphone.open(choice)) this.#setMicrophone('on');
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

  /** Push-to-talk was pressed: until flush(), what is said needs no wake phrase. Needed only where there is one. */
  pressed(): boolean {
    return this.#send({ type: 'hold' });
  }

  /** Ends the phrase that is being spoken, because push-to-talk was released. */
  flush(): boolean {
    return this.#send({ type: 'flush' });
  }

  /** Sends a typed phrase, which is handled like a spoken one. Returns false when there is no connection. */
  say(text: string): boolean {
    return this.#send({ type: 'say', text });
  }

  /** Answers a `prompt` event. Returns false when there is no connection. */
  answer(promptId: string, text: string): boolean {
    return this.#send({ type: 'answer', prompt_id: promptId, text });
  }

  /**
   * Says whether the client is now speaking what heed said, so that heed does not hear its own words. With `isHeld` the
   * speaker has interrupted the voice and holds push-to-talk, so the microphone is heard again at once. Returns false
   * when there is no connection.
   */
  playing(isPlaying: boolean, { isHeld = false } = {}): boolean {
    return this.#send({ type: 'playing', playing: isPlaying, ...(isHeld ? { held: true } : {}) });
  }

  #startMessage(): Record<string, unknown> {
    const { token, types } = this.#options;
    return {
      type: 'start',
      token,
      audio: { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 },
      ...this.#choices,
      ...(types === undefined ? {} : { types: [...new Set([...neededTypes, ...types])] }),
    };
  }

  #receive(text: string): void {
    const event = parseEvent(text);
    if (!event) return;
    this.#lastError = event.type === 'error' ? event : undefined;
    if (event.type === 'session.started') {
      clearTimeout(this.#timer);
      this.#retries = 0;
      this.#setConnection({ status: 'open' });
    }
    this.#options.onEvent?.(event);
  }

  #send(message: Record<string, unknown>): boolean {
    if (this.#connection.status !== 'open') return false;
    this.#socket?.send(JSON.stringify(message));
    return true;
  }

  #sendAudio(pcm: ArrayBuffer): void {
    const socket = this.#socket;
    if (!socket || this.#connection.status !== 'open') return;
    if (socket.bufferedAmount > maxUnsentBytes) this.#lose(socket, 'lost');
    else socket.send(pcm);
  }

  #lose(socket: WebSocket, code: string, isRefused = false): void {
    if (this.#socket !== socket) return;
    clearTimeout(this.#timer);
    this.#socket = undefined;
    socket.close();
    const message = this.#lastError?.message ?? '';
    if (isRefused) {
      this.#setConnection({ status: 'refused', code, message });
      return;
    }
    const retryInMs = Math.min(longestRetryMs, firstRetryMs * 2 ** this.#retries++) * (0.8 + 0.4 * Math.random());
    this.#timer = setTimeout(() => this.connect(), retryInMs);
    this.#setConnection({ status: 'waiting', code, message, retryInMs });
  }

  #setConnection(connection: Connection): void {
    this.#connection = connection;
    this.#options.onConnection?.(connection);
  }

  #setMicrophone(status: MicrophoneStatus): void {
    if (status === this.#microphoneStatus) return;
    this.#microphoneStatus = status;
    this.#options.onMicrophone?.(status);
  }
}

function definedOf(choices: { [K in keyof SessionChoices]: SessionChoices[K] | undefined }): SessionChoices {
  return Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined));
}

function streamUrl(): string {
  const url = new URL('/v1/stream', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

/** Returns the event in a message. Anything else, which a newer server may send, is ignored. */
function parseEvent(text: string): HeedEvent | undefined {
  try {
    const event: unknown = JSON.parse(text);
    return typeof event === 'object' && event !== null && 'type' in event && typeof event.type === 'string'
      ? (event as HeedEvent)
      : undefined;
  } catch {
    return undefined;
  }
}
