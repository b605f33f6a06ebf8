import type { EventType, HeedEvent } from './events.ts';
import { Listeners, type ClientEvents } from './listeners.ts';
import { Microphone, type AudioSource } from './microphone.ts';
import type { Connection, HeedClientOptions, MicrophoneStatus } from './options.ts';
import { toPcm16 } from './pcm.ts';
import { PushToTalk } from './push-to-talk.ts';
import { sockets } from './sockets.ts';
import { streamAddress, type StreamAddress } from './stream-url.ts';
import { ownWorkletUrl } from './worklet-source.ts';

const firstRetryMs = 500;
const longestRetryMs = 8_000;
/** The server promises the first message within 5 s; a session that has not started after this time never will. */
const startTimeoutMs = 10_000;
/** About 10 s of audio. A connection that cannot send more than this is dead, and is opened again. */
const maxUnsentBytes = 320_000;

/** Events that the client itself depends on. */
const neededTypes: EventType[] = ['session.started', 'error'];

/** Close codes after which trying again does not help. */
const refusals: Record<number, string> = { 4400: 'bad-message', 4401: 'unauthorized', 4403: 'forbidden' };
const rejections: Record<number, string> = { 4408: 'timeout', 4413: 'too-large', 4429: 'too-many', 4503: 'busy' };

/**
 * A stream to heed: it sends the microphone or other sound, and typed phrases, and receives events. It reconnects by
 * itself. Meanwhile the microphone stays open, but what is said then is lost.
 * @example
 * const client = new HeedClient({ url: 'http://127.0.0.1:4333', token });
 * client.on('segment.final', ({ text }) => console.log(text));
 * client.connect();
 * await client.startAudio();
 */
export class HeedClient {
  readonly #options: HeedClientOptions;
  readonly #address: StreamAddress;
  readonly #listeners = new Listeners();
  readonly #microphone: Microphone;
  readonly #pushToTalk = new PushToTalk(this);
  #active: readonly string[] | undefined;
  #contexts: readonly string[] | undefined;
  #socket: WebSocket | undefined;
  /** An ISO 639-1 code or "auto"; counts from the next session on. */
  language: string | undefined;
  #connection: Connection = { status: 'closed' };
  #microphoneStatus: MicrophoneStatus = 'off';
  #retries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /**
   * The last message, if it was an error: the server gives the reason for a refusal before it closes the connection.
   */
  #lastError: { message: string } | undefined;

  constructor(options: HeedClientOptions = {}) {
    const { url, workletUrl, active } = options;
    this.#options = options;
    this.#address = streamAddress(url);
    this.#active = active;
    this.language = options.language;
    this.#microphone = new Microphone({
      workletUrl: () => (typeof workletUrl === 'object' ? workletUrl.href : (workletUrl ?? ownWorkletUrl())),
      onFrame: ({ pcm, level }) => {
        this.#sendPcm(pcm);
        options.onLevel?.(level);
        this.#listeners.emit('level', level);
      },
      onLost: () => {
        this.#pushToTalk.reset();
        this.#setMicrophone('off');
        options.onMicrophoneLost?.();
        this.#listeners.emit('microphone.lost', undefined);
      },
    });
  }

  /**
   * Listens to one type of event, to all of them (`event`), or to a state of the client. Returns the function that
   * stops listening. Types that the option `types` leaves out do not come.
   */
  on<T extends keyof ClientEvents>(name: T, listener: (value: ClientEvents[T]) => void): () => void {
    return this.#listeners.on(name, listener);
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
    const socket = sockets.open(this.#address.url);
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
   * Opens the microphone and streams it until stopAudio().
   * @throws MicrophoneError
   */
  async startAudio({ deviceId = this.#options.deviceId, stream }: AudioSource = {}): Promise<void> {
    if (this.#microphoneStatus !== 'off') return;
    this.#setMicrophone('opening');
    try {
      if (await this.#microphone.open({ deviceId, stream })) this.#setMicrophone('on');
    } catch (error) {
      this.#setMicrophone('off');
      throw error;
    }
  }

  /** Releases the microphone. A phrase that has begun stays open until flush() or silence. */
  stopAudio(): void {
    this.#pushToTalk.reset();
    this.#microphone.close();
    this.#setMicrophone('off');
  }

  /** Resolves when everything that the microphone has heard so far has been sent. */
  async drainAudio(): Promise<void> {
    await this.#microphone.drain();
  }

  /**
   * Push-to-talk: the key or button was pressed. Opens the microphone, unless it is on already.
   * @throws MicrophoneError
   */
  hold(): Promise<void> {
    return this.#pushToTalk.hold();
  }

  /** Push-to-talk: the key or button was released. Ends the phrase, and the microphone that `hold` opened. */
  release(): void {
    this.#pushToTalk.release();
  }

  /**
   * Sends sound of one's own: 16 kHz mono, as floats from −1 to 1 or as 16-bit integers. Returns false when there is no
   * connection.
   */
  sendAudio(samples: Float32Array | Int16Array): boolean {
    return this.#sendPcm(samples instanceof Float32Array ? toPcm16(samples) : Int16Array.from(samples).buffer);
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
   * Says whether the client is now speaking what heed said, so that heed does not react to its own words. Returns false
   * when there is no connection.
   */
  playing(isPlaying: boolean): boolean {
    return this.#send({ type: 'playing', playing: isPlaying });
  }

  /** Limits what can be given from now on to the named commands; undefined stands for all. Holds after reconnecting. */
  setActive(commands: readonly string[] | undefined): boolean {
    this.#active = commands;
    return this.#send({ type: 'active', commands: commands ?? null });
  }

  /** Makes exactly these contexts active from now on. Holds after reconnecting. */
  setContexts(contexts: readonly string[]): boolean {
    this.#contexts = contexts;
    return this.#send({ type: 'contexts', contexts });
  }

  /**
   * Ends the session like `close`, but only when what was said has been heard to its end and its commands have run:
   * then `session.ended` comes. Returns false when there is no connection.
   */
  end(): boolean {
    this.stopAudio();
    return this.#send({ type: 'end' });
  }

  #startMessage(): Record<string, unknown> {
    const { token = this.#address.token, types } = this.#options;
    return {
      type: 'start',
      ...(token === undefined ? {} : { token }),
      audio: { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 },
      ...(this.language === undefined ? {} : { language: this.language }),
      ...(this.#active === undefined ? {} : { active: this.#active }),
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
      if (this.#contexts) this.setContexts(this.#contexts);
    }
    this.#options.onEvent?.(event);
    this.#listeners.emit(event.type, event);
    this.#listeners.emit('event', event);
    if (event.type === 'session.ended' && event.reason === 'ended') this.close();
  }

  #send(message: Record<string, unknown>): boolean {
    if (this.#connection.status !== 'open') return false;
    this.#socket?.send(JSON.stringify(message));
    return true;
  }

  #sendPcm(pcm: ArrayBuffer): boolean {
    const socket = this.#socket;
    if (!socket || this.#connection.status !== 'open') return false;
    if (socket.bufferedAmount > maxUnsentBytes) this.#lose(socket, 'lost');
    else socket.send(pcm);
    return this.#socket === socket;
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
    this.#listeners.emit('connection', connection);
  }

  #setMicrophone(status: MicrophoneStatus): void {
    if (status === this.#microphoneStatus) return;
    this.#microphoneStatus = status;
    this.#options.onMicrophone?.(status);
    this.#listeners.emit('microphone', status);
  }
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
