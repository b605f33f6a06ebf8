import { Framer } from '../audio/index.ts';
import type { Config } from '../config/index.ts';
import { shutDoor, type CommandDoor, type Dispatcher } from '../dispatch/index.ts';
import { asHeedError, HeedError } from '../errors.ts';
import type { EventBody } from '../events/event.ts';
import { defaultLanguage } from '../language/index.ts';
import type { Contexts, Registry } from '../registry/index.ts';
import type { SessionTrace } from '../trace/index.ts';
import { sampleRateHz, type AudioFrame } from '../types.ts';
import type { VadStream } from '../vad/index.ts';
import { Delivery } from './delivery.ts';
import type { Ears } from './ears.ts';
import type { ActiveGrammar, Grammars } from './grammars.ts';
import { Interpreter } from './interpreter.ts';
import { SegmentReader } from './segment-reader.ts';

/** What a session is made of. */
export interface SessionOptions {
  sessionId: string;
  config: Config;
  /** ISO 639-1 code, or "auto". */
  language: string;
  /** Absent in a session that only takes typed phrases. */
  ears?: Ears;
  /** Those of this session; its handlers may switch them. */
  contexts: Contexts;
  grammars: Pick<Grammars, 'get'>;
  registry: Pick<Registry, 'get' | 'commands'>;
  /** Absent in a session that understands and runs nothing. */
  dispatcher?: Pick<Dispatcher, 'open'>;
  /** Watches how phrases come about; closed with the session. */
  trace?: SessionTrace;
  /** Takes the session's events. */
  publish: (body: EventBody) => void;
}

/** Audio that may wait inside a session before `push` refuses more: 30 s. */
const maxPendingSamples = 30 * sampleRateHz;

/**
 * One speaker's stream through all stages, in this order:
 * samples → frames → speech probability → segment → utterance (text) → delivery (in order) → interpreter (match,
 * handler) → events.
 */
export class Session {
  readonly id: string;
  readonly #options: SessionOptions;
  readonly #dispatcher: CommandDoor;
  readonly #interpreter: Interpreter;
  readonly #delivery: Delivery;
  readonly #framer = new Framer();
  /** What frames go through: the speech probability, then the segments. Absent in a session of typed phrases. */
  readonly #ears: { stream: VadStream; reader: SegmentReader } | undefined;
  #pendingSamples = 0;
  /** Audio is handled in order, one push after the other. */
  #audioTail: Promise<void> = Promise.resolve();
  readonly #running = new Set<Promise<void>>();
  #active: readonly string[] | undefined;
  /** With "auto", what was heard last. */
  #heardLanguage: string | undefined;
  #state: 'open' | 'closing' = 'open';
  #closed: Promise<void> | undefined;

  constructor(options: SessionOptions) {
    const { sessionId, config, contexts, registry, trace, ears } = options;
    const publish = (body: EventBody): void => this.#publish(body);
    this.id = sessionId;
    this.#options = options;
    const stream = ears?.vad.openStream();
    this.#dispatcher = options.dispatcher?.open({ id: sessionId, contexts, publish }) ?? shutDoor;
    this.#interpreter = new Interpreter({
      dispatcher: this.#dispatcher,
      publish,
      ...(trace ? { trace } : {}),
      language: () => this.#likelyLanguage,
      matcher: (language) => this.#grammar(language).matcher,
    });
    this.#delivery = new Delivery({
      config: config.match,
      publish,
      ...(trace ? { trace } : {}),
      expects: (transcript) => this.#interpreter.expects(transcript),
      understand: (transcript) => this.#interpreter.understand(transcript),
      interpret: (text, source) => {
        this.#track(this.#interpreter.interpret(text, source)).catch((error: unknown) =>
          this.report(asHeedError(error)),
        );
      },
      onLanguage: (language) => {
        this.#heardLanguage = language;
      },
    });
    this.#ears = ears && {
      stream: stream!,
      reader: new SegmentReader({
        sessionId,
        config,
        language: options.language,
        likelyLanguage: () => this.#likelyLanguage,
        transcriber: ears.transcriber,
        grammarOf: (language) => this.#grammar(language),
        understand: (transcript) => this.#interpreter.understand(transcript),
        riskOf: (command) => registry.get(command)?.risk ?? 'low',
        delivery: this.#delivery,
        publish,
        ...(trace ? { trace } : {}),
      }),
    };
  }

  /** Tells that the session is open. */
  start(): void {
    const { language, registry, ears } = this.#options;
    this.#publish({
      type: 'session.started',
      language,
      commands: registry.commands.map(({ name }) => name),
      ...(ears ? { backend: ears.transcriber.info.backend } : {}),
    });
  }

  /**
   * Takes 16 kHz mono samples, any number. Resolves when they have been through the VAD, which callers use as
   * backpressure. Rejects with `busy` when 30 s of audio wait, `closed` after close().
   */
  push(samples: Float32Array): Promise<void> {
    if (this.#pendingSamples + samples.length > maxPendingSamples) {
      return Promise.reject(
        new HeedError('busy', 'More than 30 s of audio wait to be heard. Send audio no faster than it is spoken.'),
      );
    }
    this.#pendingSamples += samples.length;
    return this.#enqueue(async () => {
      for (const frame of this.#framer.push(samples)) await this.#pushFrame(frame);
    }).finally(() => {
      this.#pendingSamples -= samples.length;
    });
  }

  /**
   * Ends the phrase that is being spoken: push-to-talk was released, or the file is over. Resolves when its command has
   * run.
   */
  async flush(): Promise<void> {
    await this.#enqueue(async () => {
      const rest = this.#framer.flush();
      if (rest) await this.#pushFrame(rest);
      if (this.#state === 'open') this.#ears?.reader.flush();
    });
    await this.#delivery.settled();
    await Promise.all(this.#running);
  }

  /** Takes a typed phrase; it goes the way of a spoken one. Resolves when its command has run. */
  say(text: string): Promise<void> {
    if (this.#state !== 'open') return Promise.reject(closedError());
    return this.#track(this.#interpreter.interpret(text, { spokenAtMs: performance.now() }));
  }

  /** Answers a prompt by button or typing. False when it is not open any more. */
  answer(promptId: string, text: string): boolean {
    return this.#dispatcher.answer(promptId, text);
  }

  /**
   * The client begins, or has ended, to speak what heed said: until then nothing that the microphone hears takes a
   * question of high risk.
   */
  setPlaying(isPlaying: boolean): void {
    this.#dispatcher.setPlaying(isPlaying);
  }

  /**
   * Lets this session give only the named commands from now on; undefined lets it give all. A set that was active
   * before is not compiled again.
   * @throws HeedError `not-found` names those that are not there
   */
  setActive(names: readonly string[] | undefined): void {
    const { registry } = this.#options;
    const unknown = (names ?? []).filter((name) => !registry.get(name));
    if (unknown.length > 0)
      throw new HeedError(
        'not-found',
        `There is no command named ${unknown.map((name) => `"${name}"`).join(', ')}; \`session.started\` lists those that are there.`,
      );
    this.#active = names && [...new Set(names)].sort();
    this.#grammar(this.#likelyLanguage);
  }

  /**
   * Makes these contexts the active ones from now on, and no others; what `setActive` leaves out stays out. A set that
   * was active before is not compiled again.
   * @throws HeedError `not-found` names those that no command names
   */
  setContexts(names: readonly string[]): void {
    this.#options.contexts.set(names);
    this.#grammar(this.#likelyLanguage);
  }

  /** Tells of an error that does not end the session. */
  report({ code, message }: HeedError): void {
    this.#publish({ type: 'error', code, message });
  }

  /** Ends the session; what is being said is dropped, what runs is awaited. Idempotent. */
  close(reason = 'closed'): Promise<void> {
    this.#closed ??= this.#close(reason);
    return this.#closed;
  }

  async #close(reason: string): Promise<void> {
    this.#state = 'closing';
    this.#ears?.reader.close();
    await this.#audioTail;
    this.#ears?.stream.close();
    this.#dispatcher.end();
    await this.#delivery.settled();
    await Promise.all(this.#running);
    this.#publish({ type: 'session.ended', reason });
    this.#options.trace?.close();
  }

  /** The one way out for the session's events: its trace sees each before anybody else. */
  #publish(body: EventBody): void {
    this.#options.trace?.event(body);
    this.#options.publish(body);
  }

  /** Of the commands that can be given now. */
  #grammar(language: string): ActiveGrammar {
    const { grammars, contexts } = this.#options;
    return grammars.get(language, this.#active, contexts.active);
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    if (this.#state !== 'open') return Promise.reject(closedError());
    const result = this.#audioTail.then(work);
    this.#audioTail = result.catch(() => {
      /* The caller of push or flush gets it. */
    });
    return result;
  }

  async #pushFrame(frame: AudioFrame): Promise<void> {
    if (!this.#ears)
      throw new HeedError('bad-message', 'This session takes typed phrases only; open it with audio to send sound.');
    if (this.#state !== 'open') return;
    const probability = await this.#ears.stream.probability(frame);
    if (this.#state === 'open') this.#ears.reader.push(frame, probability);
  }

  #track(work: Promise<void>): Promise<void> {
    const tracked = work
      .catch(() => {
        /* The caller gets it. */
      })
      .finally(() => this.#running.delete(tracked));
    this.#running.add(tracked);
    return work;
  }

  /** The session's language; with "auto" the one that was heard last, and English before. */
  get #likelyLanguage(): string {
    const { language } = this.#options;
    return language === 'auto' ? (this.#heardLanguage ?? defaultLanguage) : language;
  }
}

function closedError(): HeedError {
  return new HeedError('closed', 'The session was closed before.');
}
