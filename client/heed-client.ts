import type { EventType, HeedEvent } from './events.ts';
import { Listeners, type ClientEvents } from './listeners.ts';
import { Microphone, MicrophoneError, type AudioSource } from './microphone.ts';
import type { Connection, HeedClientOptions, MicrophoneStatus, SessionChoices } from './options.ts';
import { toPcm16 } from './pcm.ts';
import { PushToTalk } from './push-to-talk.ts';
import { sockets } from './sockets.ts';
import { StreamLine } from './stream-line.ts';
import { streamAddress, type StreamAddress } from './stream-url.ts';
import { ownWorkletUrl } from './worklet-source.ts';

/** Events that the client itself depends on. */
const neededTypes: EventType[] = ['session.started', 'error'];

/**
 * A stream to heed: it sends the microphone or other sound, and typed phrases, and receives events. It reconnects by
 * itself. Meanwhile the microphone stays open, and what is said then is sent when the connection is back, unless that
 * takes longer than the server keeps the session; `onLost` tells then what was lost.
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
  readonly #line: StreamLine;
  readonly #pushToTalk = new PushToTalk(this, () => this.#needsWake);
  #choices: SessionChoices;
  #active: readonly string[] | undefined;
  #contexts: readonly string[] | undefined;
  #isPlaying = false;
  /** Whether the session needs a wake phrase. */
  #needsWake = false;
  #microphoneStatus: MicrophoneStatus = 'off';

  constructor(options: HeedClientOptions = {}) {
    const { url, workletUrl, active } = options;
    this.#options = options;
    const { language, wake, sensitivity, chain, diarize } = options;
    this.#choices = definedOf({ language, wake, sensitivity, chain, diarize });
    this.#address = streamAddress(url);
    this.#active = active;
    this.#microphone = new Microphone({
      workletUrl: () => (typeof workletUrl === 'object' ? workletUrl.href : (workletUrl ?? ownWorkletUrl())),
      onFrame: ({ pcm, level }) => {
        this.#line.sendAudio(pcm);
        options.onLevel?.(level);
        this.#listeners.emit('level', level);
      },
      onFallback: () => options.onMicrophoneFallback?.(),
      onLost: () => {
        this.#pushToTalk.reset();
        this.#setMicrophone('off');
        options.onMicrophoneLost?.();
        this.#listeners.emit('microphone.lost', undefined);
      },
    });
    this.#line = new StreamLine({
      openSocket: () => sockets.open(this.#address.url),
      startMessage: () => this.#startMessage(),
      sessionMessages: () => [
        ...(this.#contexts ? [{ type: 'contexts', contexts: this.#contexts }] : []),
        // Another session must not hear the voice that the last one was told of.
        ...(this.#isPlaying ? [{ type: 'playing', playing: true }] : []),
      ],
      onConnection: (connection) => this.#connectionChanged(connection),
      onEvent: (event) => this.#hear(event),
      onLost: (loss) => {
        options.onLost?.(loss);
        this.#listeners.emit('lost', loss);
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

  /** An ISO 639-1 code or "auto"; undefined for the server's. Counts from the next session on. */
  get language(): string | undefined {
    return this.#choices.language;
  }

  set language(language: string | undefined) {
    this.#choices = definedOf({ ...this.#choices, language });
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
   * Ends the session and opens another one with these choices; those that are left out are the server's again. The
   * microphone stays open; what was being said is dropped.
   */
  reopen(choices: SessionChoices): void {
    this.#choices = choices;
    if (this.connection.status === 'closed') return;
    this.#line.close();
    this.#line.connect();
  }

  /**
   * Opens the microphone and streams it until stopAudio(). A chosen device that is not there falls back to the default.
   * @throws MicrophoneError
   */
  async startAudio({ deviceId = this.#options.deviceId, stream }: AudioSource = {}): Promise<void> {
    if (this.#microphoneStatus !== 'off') return;
    if (this.connection.status === 'refused') throw new MicrophoneError('no-connection');
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

  /** For push-to-talk of one's own: until flush(), what is said needs no wake phrase. `hold` says so by itself. */
  pressed(): boolean {
    return this.#line.sendOrKeep({ type: 'hold' });
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
   * Sends sound of one's own: 16 kHz mono, as floats from −1 to 1 or as 16-bit integers. While there is no connection
   * it is kept, up to 30 s. Returns false when nobody will ever hear it.
   */
  sendAudio(samples: Float32Array | Int16Array): boolean {
    return this.#line.sendAudio(samples instanceof Float32Array ? toPcm16(samples) : Int16Array.from(samples).buffer);
  }

  /** Ends the phrase that is being spoken, because push-to-talk was released. */
  flush(): boolean {
    return this.#line.sendOrKeep({ type: 'flush' });
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
   * Says whether the client is now speaking what heed said, so that heed does not hear its own words. With `isHeld` the
   * speaker has interrupted the voice and holds push-to-talk, so the microphone is heard again at once. Returns false
   * when there is no connection; a session that starts while the client speaks is told so.
   */
  playing(isPlaying: boolean, { isHeld = false } = {}): boolean {
    this.#isPlaying = isPlaying;
    return this.#line.sendOrKeep({ type: 'playing', playing: isPlaying, ...(isHeld ? { held: true } : {}) });
  }

  /** Limits what can be given from now on to the named commands; undefined stands for all. Holds after reconnecting. */
  setActive(commands: readonly string[] | undefined): boolean {
    this.#active = commands;
    return this.#line.sendOrKeep({ type: 'active', commands: commands ?? null });
  }

  /** Makes exactly these contexts active from now on. Holds after reconnecting. */
  setContexts(contexts: readonly string[]): boolean {
    this.#contexts = contexts;
    return this.#line.sendOrKeep({ type: 'contexts', contexts });
  }

  /**
   * Ends the session like `close`, but only when what was said has been heard to its end and its commands have run:
   * then `session.ended` comes. Returns false when there is no connection.
   */
  end(): boolean {
    this.stopAudio();
    return this.#line.sendOrKeep({ type: 'end' });
  }

  #startMessage(): Record<string, unknown> {
    const { token = this.#address.token, types } = this.#options;
    return {
      type: 'start',
      ...(token === undefined ? {} : { token }),
      audio: { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 },
      ...this.#choices,
      ...(this.#active === undefined ? {} : { active: this.#active }),
      ...(types === undefined ? {} : { types: [...new Set([...neededTypes, ...types])] }),
    };
  }

  #hear(event: HeedEvent): void {
    if (event.type === 'session.started') this.#needsWake = (event.wake ?? []).length > 0;
    this.#options.onEvent?.(event);
    this.#listeners.emit(event.type, event);
    this.#listeners.emit('event', event);
    if (event.type === 'session.ended' && event.reason === 'ended') this.close();
  }

  #connectionChanged(connection: Connection): void {
    this.#options.onConnection?.(connection);
    this.#listeners.emit('connection', connection);
    // Nobody will hear it any more, so it must not stay open.
    if (connection.status === 'refused') this.stopAudio();
  }

  #setMicrophone(status: MicrophoneStatus): void {
    if (status === this.#microphoneStatus) return;
    this.#microphoneStatus = status;
    this.#options.onMicrophone?.(status);
    this.#listeners.emit('microphone', status);
  }
}

function definedOf(choices: { [K in keyof SessionChoices]: SessionChoices[K] | undefined }): SessionChoices {
  return Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined));
}
