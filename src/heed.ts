import { randomUUID } from 'node:crypto';
import { loadConfig, type Config, type ConfigInput } from './config.ts';
import { Dispatcher, shutDoor } from './dispatch/index.ts';
import { EventBus, WebhookSink, type HeedEvent } from './events/index.ts';
import type { EventOf, EventType } from './events/event.ts';
import { Grammars } from './grammars.ts';
import type { MatchResult } from './match/index.ts';
import { ensureModel, type ModelProgress } from './models/index.ts';
import { Session, type Ears } from './pipeline.ts';
import { Contexts, Registry, type CommandDefinition } from './registry/index.ts';
import { startServer, type HeedServer } from './server/index.ts';
import { Traces } from './trace/index.ts';
import { createTranscriber } from './transcribe/index.ts';
import { createVad } from './vad/index.ts';

/** How heed is created; everything may be left out. */
export interface HeedOptions {
  /** Options over those of `heed.config.json` and the environment. */
  config?: ConfigInput;
  /** Path of the options file; default `heed.config.json`, if it is there. */
  configFile?: string;
  /** Commands by name, beside those of the commands folder. */
  commands?: Record<string, CommandDefinition>;
  /** Folder of command files; `false` for none. Default: the option `commands.dir`, if that folder is there. */
  commandsDir?: string | false;
  /** Takes what an operator should know; default: one line each on standard error. */
  log?: (line: string) => void;
  onModelProgress?: (progress: ModelProgress) => void;
}

/** How a session is opened. */
export interface OpenSessionOptions {
  /** Who listens to the session's events from its start chooses the id; default: a random one. */
  sessionId?: string;
  /** ISO 639-1 code or "auto"; default: the option `language`. */
  language?: string;
  /** Contexts that are active from the start; default: none. */
  contexts?: readonly string[];
  /** False for a session that takes typed phrases only and needs no model. Default true. */
  audio?: boolean;
  /** True understands what is said and runs nothing. Default false. */
  dryRun?: boolean;
  /** Other ears than heed's own. */
  ears?: Ears;
}

/**
 * All of heed in one object: the command registry, the stages that hear, the events, and, after `listen()`, the server.
 */
export class Heed {
  readonly config: Config;
  readonly registry: Registry;
  readonly bus: EventBus;
  readonly dispatcher: Dispatcher;
  /** How the last utterances of each open session came about. */
  readonly traces: Traces;
  readonly #options: HeedOptions;
  readonly #log: (line: string) => void;
  readonly #grammars: Grammars;
  readonly #sessions = new Set<Session>();
  readonly #webhook: WebhookSink | undefined;
  #ears: Promise<Ears> | undefined;
  #stopWatching: (() => Promise<void> | void) | undefined;
  #server: HeedServer | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: HeedOptions, config: Config, registry: Registry) {
    this.#options = options;
    this.#log = options.log ?? ((line) => console.error(line));
    this.config = config;
    this.registry = registry;
    this.bus = new EventBus({ log: this.#log });
    this.traces = new Traces(config);
    this.dispatcher = new Dispatcher({
      config: config.dispatch,
      registry,
      publish: (sessionId, body) => this.bus.publish(sessionId, body),
      state: {
        get: (topic) => this.bus.state().get(topic),
        set: (topic, value) => this.bus.publish('heed', { type: 'state', topic, value }),
      },
      log: this.#log,
    });
    this.#grammars = new Grammars(registry, config.match);
    this.#webhook =
      config.webhook.url === '' ? undefined : new WebhookSink(this.bus, config.webhook, { log: this.#log });
  }

  /** Listens to one type of event; answers the function that stops it. */
  on<T extends EventType>(type: T, listener: (event: EventOf<T>) => void): () => void {
    return this.bus.subscribe({ types: [type] }, (event: HeedEvent) => listener(event as EventOf<T>));
  }

  /**
   * Opens a stream for one speaker. Loads the models at the first session with audio. Rejects with `not-found` when no
   * command names a context.
   */
  async openSession(options: OpenSessionOptions = {}): Promise<Session> {
    const language = options.language ?? this.config.language;
    const sessionId = options.sessionId ?? randomUUID();
    const contexts = new Contexts(this.registry, options.contexts);
    const ears = options.audio === false ? undefined : (options.ears ?? (await this.ears()));
    const trace = ears && this.traces.open({ sessionId, language, contexts });
    const session = new Session({
      sessionId,
      language,
      config: this.config,
      dispatcher: options.dryRun === true ? shutDoor : this.dispatcher,
      contexts,
      ...(ears ? { ears } : {}),
      ...(trace ? { trace } : {}),
      grammars: this.#grammars,
      registry: this.registry,
      publish: (body) => {
        trace?.event(body);
        this.bus.publish(sessionId, body);
        if (body.type !== 'session.ended') return;
        this.#sessions.delete(session);
        this.traces.close(sessionId);
      },
    });
    this.#sessions.add(session);
    this.bus.publish(sessionId, {
      type: 'session.started',
      language,
      commands: this.registry.commands.map(({ name }) => name),
      ...(ears ? { backend: ears.transcriber.info.backend } : {}),
    });
    return session;
  }

  /** How a typed phrase would be understood now; runs nothing. */
  understand(text: string, language = this.config.language): MatchResult {
    return this.#grammars.get(language).matcher.match(text);
  }

  /** The models: fetched, verified and loaded at the first call. */
  ears(): Promise<Ears> {
    this.#ears ??= this.#loadEars().catch((error: unknown) => {
      this.#ears = undefined;
      throw error;
    });
    return this.#ears;
  }

  /** Starts the server; its `url` holds the token for the page. */
  async listen(): Promise<HeedServer> {
    await this.ears();
    this.#server ??= await startServer(this, { log: this.#log });
    return this.#server;
  }

  /** Loads a changed command file anew, until close(). Open pages hear of it by `commands.changed`. */
  watchCommands(dir: string): void {
    this.#stopWatching ??= this.registry.watch(dir, () => {
      this.publishFirstState();
      this.bus.publish('heed', {
        type: 'commands.changed',
        commands: this.registry.commands.map(({ name }) => name),
        problems: this.registry.problems.map(({ message }) => message),
      });
    });
  }

  /** Publishes the state that commands begin with, where nothing has set it yet. */
  publishFirstState(): void {
    for (const { state } of this.registry.commands) {
      for (const [topic, value] of Object.entries(state)) {
        if (!this.bus.state().has(topic)) this.bus.publish('heed', { type: 'state', topic, value });
      }
    }
  }

  /** Ends server, sessions, webhook and models, newest first. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #loadEars(): Promise<Ears> {
    const { models, transcribe, vad } = this.config;
    const { onModelProgress } = this.#options;
    const fetched = (name: string): Promise<string> =>
      ensureModel(name, models, onModelProgress ? { onProgress: onModelProgress } : {});
    const modelPath = await fetched(transcribe.model);
    const second = transcribe.second === '' ? {} : { secondPath: await fetched(transcribe.second) };
    const loadedVad = await createVad(vad);
    try {
      return {
        vad: loadedVad,
        transcriber: await createTranscriber(transcribe, modelPath, { log: this.#log, ...second }),
      };
    } catch (error) {
      await loadedVad.close();
      throw error;
    }
  }

  async #closeAll(): Promise<void> {
    await this.#server?.close();
    await this.#stopWatching?.();
    await Promise.all([...this.#sessions].map((session) => session.close('shutdown')));
    await this.dispatcher.close();
    await this.#webhook?.close();
    const ears = await this.#ears?.catch(() => undefined);
    await ears?.transcriber.close();
    await ears?.vad.close();
  }
}

/**
 * Creates heed: reads the options and loads the commands. Models are loaded at the first audio or at `listen()`.
 * @throws HeedError `bad-config` for options that don't fit
 * @example
 * const heed = await createHeed({ commands: { hello: defineCommand({ phrases: ['hello {name}'], slots: { name: text()
 * }, run: ({ args }) => ({ say: `Hello ${args.name}` }) }) } }); heed.on('segment.final', (event) =>
 * console.log(event.text)); const { url } = await heed.listen();
 */
export async function createHeed(options: HeedOptions = {}): Promise<Heed> {
  const config = loadConfig({
    ...(options.configFile === undefined ? {} : { file: options.configFile }),
    ...(options.config === undefined ? {} : { overrides: options.config }),
  });
  const registry = new Registry({ language: config.language, loadTimeoutMs: config.commands.loadTimeoutMs });
  for (const [name, definition] of Object.entries(options.commands ?? {})) registry.add(name, definition);
  const heed = new Heed(options, config, registry);
  const dir = options.commandsDir ?? config.commands.dir;
  if (dir !== false) {
    await registry.load(dir);
    if (config.commands.watch) heed.watchCommands(dir);
  }
  heed.publishFirstState();
  return heed;
}
