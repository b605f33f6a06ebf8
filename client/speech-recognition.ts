import type { HeedEvent } from './events.ts';
import { HeedClient } from './heed-client.ts';
import { MicrophoneError } from './microphone.ts';
import type { Connection, HeedClientOptions } from './options.ts';
import { errorOf } from './speech-errors.ts';
import type { RecognitionError, RecognitionEvents } from './speech-events.ts';
import { languageOf, pageLanguage } from './speech-language.ts';
import { Results, withoutPunctuation } from './speech-results.ts';
import { eventNames, Target, type Listener } from './speech-target.ts';

/** What a recognition needs beside the attributes of the Web Speech API. */
export interface HeedSpeechRecognitionOptions extends Pick<
  HeedClientOptions,
  'url' | 'token' | 'workletUrl' | 'deviceId'
> {
  /** Whether transcripts keep their punctuation. Default: false, as libraries for voice commands expect. */
  punctuation?: boolean;
  /** How long a recognition that is not continuous waits for speech, ms. Default: 8,000. */
  noSpeechMs?: number;
}

/** What the server sends for a session that only transcribes. */
const types: HeedEvent['type'][] = [
  'session.ended',
  'speech.started',
  'speech.ended',
  'segment.partial',
  'segment.final',
];

/**
 * heed in the shape of the Web Speech API's `SpeechRecognition`. It only transcribes: its session has no active
 * command, so the server runs nothing of what it hears.
 * @example
 * const recognition = new HeedSpeechRecognition({ url, token });
 * recognition.onresult = ({ results, resultIndex }) => console.log(results[resultIndex][0].transcript);
 * recognition.start();
 */
export class HeedSpeechRecognition extends Target {
  /** A BCP 47 tag such as "en-US"; default: the language of the page, or else of the server. */
  lang = '';
  continuous = false;
  interimResults = false;
  /** heed gives one alternative. */
  maxAlternatives = 1;
  grammars: unknown; // Accepted and not used.

  onstart: Listener<'start'> = null;
  onaudiostart: Listener<'audiostart'> = null;
  onsoundstart: Listener<'soundstart'> = null;
  onspeechstart: Listener<'speechstart'> = null;
  onspeechend: Listener<'speechend'> = null;
  onsoundend: Listener<'soundend'> = null;
  onaudioend: Listener<'audioend'> = null;
  onresult: Listener<'result'> = null;
  onnomatch: Listener<'nomatch'> = null;
  onerror: Listener<'error'> = null;
  onend: Listener<'end'> = null;

  readonly #options: HeedSpeechRecognitionOptions;
  #client: HeedClient | undefined;
  /** `stopping`: no more sound is taken, the rest of the words are awaited. `ending`: only `end` is still to come. */
  #state: 'idle' | 'starting' | 'listening' | 'stopping' | 'ending' = 'idle';
  #isSpeaking = false;
  #results = new Results();
  #silence: ReturnType<typeof setTimeout> | undefined;

  constructor(options: HeedSpeechRecognitionOptions = {}) {
    super();
    this.#options = options;
    for (const type of eventNames) this.addEventListener(type, (event) => this[`on${type}`]?.(event as never));
  }

  /**
   * Begins to listen. The event `start` comes when it does, `error` and `end` when it cannot.
   * @throws DOMException `InvalidStateError` when it has begun already
   */
  start(): void {
    if (this.#state !== 'idle') throw new DOMException('The recognition has already started.', 'InvalidStateError');
    const client = (this.#client ??= this.#createClient());
    this.#results = new Results();
    this.#isSpeaking = false;
    this.#state = 'starting';
    const language = languageOf(this.lang || pageLanguage());
    if (language === 'unknown') return this.#fail('language-not-supported', `"${this.lang}" is no language.`);
    client.language = language;
    client.connect();
    client.startAudio().catch((error: unknown) => {
      if (this.#state !== 'starting') return;
      const problem = error instanceof MicrophoneError ? error.problem : 'failed';
      this.#fail(errorOf[problem], error instanceof Error ? error.message : String(error));
    });
  }

  /** Takes no more sound; the result for what was said comes before `end`. */
  stop(): void {
    if (this.#state === 'starting') this.#finish();
    else if (this.#state === 'listening') void this.#stop();
  }

  /** Drops what was said; `error` with the name `aborted` comes, then `end`. */
  abort(): void {
    if (this.#state !== 'idle' && this.#state !== 'ending') this.#fail('aborted', 'The recognition was aborted.');
  }

  #createClient(): HeedClient {
    const { url, token, workletUrl, deviceId } = this.#options;
    return new HeedClient({
      ...(url === undefined ? {} : { url }),
      ...(token === undefined ? {} : { token }),
      ...(workletUrl === undefined ? {} : { workletUrl }),
      ...(deviceId === undefined ? {} : { deviceId }),
      types,
      active: [],
      // Whoever only wants text says no wake phrase, and the server's own would colour the readings.
      wake: '',
      onEvent: (event) => this.#take(event),
      onConnection: (connection) => this.#connectionChanged(connection),
      onMicrophone: () => this.#begin(),
      onMicrophoneLost: () => {
        if (this.#state === 'listening') this.#fail('audio-capture', 'The microphone was disconnected.');
      },
    });
  }

  #connectionChanged(connection: Connection): void {
    if (this.#state === 'idle' || this.#state === 'ending') return;
    if (connection.status === 'open') this.#begin();
    // A session that the server keeps goes on when the connection is back.
    else if (connection.status === 'waiting' && connection.isKept !== true)
      this.#fail('network', connection.message || connection.code);
    else if (connection.status === 'refused') this.#fail('service-not-allowed', connection.message || connection.code);
  }

  /** Begins once the server listens and the microphone is on. */
  #begin(): void {
    const client = this.#client;
    if (this.#state !== 'starting' || client?.connection.status !== 'open' || client.microphone !== 'on') return;
    this.#state = 'listening';
    this.#fire('start');
    this.#fire('audiostart');
    if (this.continuous) return;
    const { noSpeechMs = 8_000 } = this.#options;
    this.#silence = setTimeout(() => this.#fail('no-speech', `Nothing was said in ${noSpeechMs} ms.`), noSpeechMs);
  }

  #take(event: HeedEvent): void {
    if (this.#state !== 'listening' && this.#state !== 'stopping') return;
    switch (event.type) {
      case 'speech.started':
        this.#results.begin(event.segment_id);
        this.#speechStarted();
        return;
      case 'speech.ended':
        if (event.reason === 'misfire' || event.reason === 'playing') this.#results.drop(event.segment_id);
        this.#speechEnded();
        if (!this.continuous && event.reason !== 'misfire' && event.reason !== 'max-length') this.#stopListening();
        return;
      case 'segment.partial': {
        const text = this.#textOf(event.text);
        if (!this.interimResults || text === '') return;
        const change = this.#results.interim(event.segment_id, text, event.confidence);
        if (change) this.#fire('result', change);
        return;
      }
      case 'segment.final':
        return this.#takeFinal(event.segment_id, this.#textOf(event.text), {
          confidence: event.confidence,
          isEnd: event.speech_final,
        });
      case 'session.ended':
        return this.#finish();
      case 'error':
        if (event.segment_id !== undefined) this.#fail('network', event.message);
        return;
      default: // Nothing else was asked for.
    }
  }

  #takeFinal(segmentId: string, text: string, how: { confidence: number; isEnd: boolean }): void {
    const changes = this.#results.final(segmentId, text, { ...how, withInterim: this.interimResults });
    for (const change of changes) this.#fire('result', change);
    if (!how.isEnd) return;
    const results = this.#results.all;
    if (changes.length === 0) this.#fire('nomatch', { results, resultIndex: results.length });
    if (!this.continuous) this.#finish();
  }

  #textOf(text: string): string {
    return this.#options.punctuation === true ? text : withoutPunctuation(text);
  }

  #speechStarted(): void {
    clearTimeout(this.#silence);
    // The server may still be hearing what came before `audioend`.
    if (this.#isSpeaking || this.#state !== 'listening') return;
    this.#isSpeaking = true;
    this.#fire('soundstart');
    this.#fire('speechstart');
  }

  #speechEnded(): void {
    if (!this.#isSpeaking) return;
    this.#isSpeaking = false;
    this.#fire('speechend');
    this.#fire('soundend');
  }

  /** Takes no more sound. */
  #stopListening(): void {
    clearTimeout(this.#silence);
    if (this.#state !== 'listening') return;
    this.#state = 'stopping';
    this.#client?.stopAudio();
    this.#speechEnded();
    this.#fire('audioend');
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    await client?.drainAudio();
    if (this.#state !== 'listening') return;
    this.#stopListening();
    if (client?.end() !== true) this.#finish();
  }

  #fail(error: RecognitionError, message: string): void {
    this.#finish({ error, message });
  }

  /** Ends the recognition. Listeners are called later: whoever called `abort` or `start` has returned by then. */
  #finish(failure?: { error: RecognitionError; message: string }): void {
    if (this.#state === 'idle' || this.#state === 'ending') return;
    const wasListening = this.#state === 'listening';
    this.#state = 'ending';
    clearTimeout(this.#silence);
    this.#client?.close();
    setTimeout(() => {
      if (wasListening) {
        this.#speechEnded();
        this.#fire('audioend');
      }
      if (failure) this.#fire('error', failure);
      this.#state = 'idle';
      this.#fire('end');
    });
  }

  #fire(type: keyof RecognitionEvents, fields: object = {}): void {
    this.dispatchEvent(Object.assign(new Event(type), fields));
  }
}
