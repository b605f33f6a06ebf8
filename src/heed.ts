import { randomUUID } from 'node:crypto';
import { checkWake, loadConfig, secretsOf, type Config, type ConfigInput } from './config/index.ts';
import { Dispatcher, type PlannedCommand } from './dispatch/index.ts';
import { HeedError } from './errors.ts';
import { HandlerHosts } from './hosts/index.ts';
import { openJournal, type Journal } from './journal/index.ts';
import { addWords } from './language/index.ts';
import { drain } from './session/drain.ts';
import { logEvents } from './events/event-log.ts';
import { commonSession, EventBus, WebhookSink, type HeedEvent } from './events/index.ts';
import type { EventOf, EventType } from './events/event.ts';
import { loadEars, type Brought } from './session/load-ears.ts';
import { Linter } from './lint/index.ts';
import { concealing, createLog, type Log } from './log.ts';
import { asSaid, type MatchResult } from './match/index.ts';
import type { ModelProgress, WorkOptions } from './models/index.ts';
import { Grammars, Session, type Ears } from './session/index.ts';
import {
  Contexts,
  localImporter,
  problemText,
  Registry,
  type CommandDefinition,
  type LateError,
} from './registry/index.ts';
import {
  createDiarization,
  KnownVoices,
  openFileVoices,
  type Diarization,
  type FileVoices,
  speechOf,
  type Enrolled,
} from './speakers/index.ts';
import { LastResort, loadSentenceModel } from './suggest/index.ts';
import { Traces } from './trace/index.ts';
import type { Transcriber } from './transcribe/index.ts';
import type { ReadingListener } from './transcribe/watched-transcriber.ts';
import { withSensitivity, type Vad } from './vad/index.ts';
import type { Clock } from './types.ts';

/** How heed is created; every option may be left out. */
export interface HeedOptions {
  /** Options that override those of `heed.config.json` and the environment. */
  config?: ConfigInput;
  /** Path of the options file; default: `heed.config.json`, if that file exists. */
  configFile?: string;
  /** Commands by name, in addition to those of the commands folder. */
  commands?: Record<string, CommandDefinition>;
  /** Folder of command files; `false` for none. Default: the option `commands.dir`, if that folder exists. */
  commandsDir?: string | false;
  /** File of the journal if the option `dispatch.journal` names none; default: it is kept in memory. */
  journalFile?: string;
  /** Takes each line of the log that `log.level` lets through; default: standard error. */
  log?: (line: string) => void;
  onModelProgress?: (progress: ModelProgress) => void;
  /** A voice activity engine of your own, or a function that makes it when it is first needed. heed closes it. */
  vad?: Brought<Vad>;
  /** A recogniser of your own, or a function that makes it when first needed. heed closes it and fetches no model. */
  transcriber?: Brought<Transcriber>;
  /** Starts the server for `heed.listen()`; default: heed's own server with all its protocols. */
  server?: (heed: Heed, options: { log: Log }) => Promise<Listener>;
}

/** A running server. */
export interface Listener {
  /** Address of the page, with the token in it. */
  readonly url: string;
  readonly port: number;
  /** The addresses at which other machines find the page, with the token in them; none where they cannot come. */
  readonly networkUrls?: readonly string[];
  /** The SHA-256 fingerprint of the certificate that heed made for them, if it did. */
  readonly fingerprint?: string | undefined;
  /** Takes nothing new; resolves when what clients have begun is done. Without it, `close` cuts them off. */
  drain?(): Promise<void>;
  close(): Promise<void>;
}

/** How heed is closed. */
export interface CloseOptions {
  /**
   * How long what is being said is still heard to its end, and commands may run, ms. Default 0: what is being said is
   * dropped at once, and commands that run are awaited.
   */
  drainMs?: number;
}

/** How a session is opened. */
export interface OpenSessionOptions {
  /** Choose the id to subscribe to the session's events before it starts; default: a random one. */
  sessionId?: string;
  /** ISO 639-1 code or "auto"; default: the option `language`. */
  language?: string;
  /**
   * How easily speech is noticed, 0–1: 0.5 is as the options `vad.positiveThreshold` and `vad.negativeThreshold` say,
   * more also notices soft voices, less overlooks voices in the background.
   */
  sensitivity?: number;
  /** Whether "and" may join several commands in one phrase; default: the option `match.chain`. */
  chain?: boolean;
  /** Phrases with which spoken commands must begin; none for an empty list. Default: the option `wake.phrases`. */
  wake?: string | readonly string[];
  /** Contexts that are active from the start; default: none. */
  contexts?: readonly string[];
  /** Set to false for a session that takes typed phrases only, which needs no model. Default true. */
  audio?: boolean;
  /** Set to true to have phrases understood without running any command. Default false. */
  dryRun?: boolean;
  /** The time by which phrases and answers are judged: `StreamClock` for recordings. Default: the machine's. */
  clock?: Clock;
  /** Whether the voices are told apart: each segment then has its speaker. Default false. */
  diarize?: boolean;
  /** The voice activity model and recogniser to use instead of heed's own. */
  ears?: Ears;
}

/** What a `Heed` is made of. */
interface HeedParts {
  config: Config;
  bus: EventBus;
  hosts: HandlerHosts | undefined;
  registry: Registry;
  journal: Journal;
  log: Log;
  /** What the log hides; more may be added. */
  secrets: string[];
  /** Takes the words of `match.words` back. */
  takeWordsBack: () => void;
}

/** All of heed in one object: the commands, the sessions, the events and, after `listen()`, the server. */
export class Heed {
  readonly config: Config;
  readonly registry: Registry;
  /** Gives advice on the commands. */
  readonly linter: Linter;
  /** Those whom heed knows by voice. */
  readonly voices: KnownVoices;
  readonly bus: EventBus;
  readonly dispatcher: Dispatcher;
  /** The last `dispatch.maxJournal` commands that were given, and what became of them. */
  readonly journal: Journal;
  /** The traces of the last utterances of each open session. */
  readonly traces: Traces;
  /** Writes a line to the log of this heed. */
  readonly log: Log;
  readonly #options: HeedOptions;
  /** What must never be logged. */
  readonly #secrets: string[];
  /** The grammars of sessions that join commands, and of those that do not. */
  readonly #grammars: Record<'chained' | 'single', Grammars>;
  readonly #sessions = new Set<Session>();
  readonly #webhook: WebhookSink | undefined;
  /** Absent unless `match.model` names a model. */
  readonly #lastResort: LastResort | undefined;
  /** The processes of command files; absent where those run in this process. */
  readonly #hosts: HandlerHosts | undefined;
  readonly #takeWordsBack: () => void;
  #ears: Promise<Ears> | undefined;
  #stopWatching: (() => Promise<void> | void) | undefined;
  #server: Listener | undefined;
  readonly #readingListeners = new Set<ReadingListener>();
  /** Aborted when the time to drain is over. */
  readonly #hurry = new AbortController();
  #loadedEars: Ears | undefined;
  #diarization: Promise<Diarization> | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: HeedOptions, parts: HeedParts) {
    const { config, bus, hosts, registry, journal, log, secrets, takeWordsBack } = parts;
    this.#options = options;
    this.#takeWordsBack = takeWordsBack;
    this.#secrets = secrets;
    this.log = log;
    this.config = config;
    this.registry = registry;
    this.voices = new KnownVoices({ folder: config.voices.dir, diarization: () => this.#voices(), log });
    this.linter = new Linter(registry, config, () => this.voices.names);
    this.journal = journal;
    this.bus = bus;
    this.#hosts = hosts;
    logEvents(this.bus, this.log, config.log);
    this.traces = new Traces(config);
    this.dispatcher = new Dispatcher({
      config: config.dispatch,
      registry,
      state: {
        get: (topic) => this.bus.stateOf(topic),
        set: (topic, value) => this.bus.publish(commonSession, { type: 'state', topic, value }),
      },
      journal,
      log: this.log,
      publish: (body) => this.bus.publish(commonSession, body),
    });
    this.#grammars = {
      chained: new Grammars(registry, { ...config.match, chain: true }),
      single: new Grammars(registry, { ...config.match, chain: false }),
    };
    if (config.match.model !== '') this.#lastResort = new LastResort({ load: () => loadSentenceModel(config), log });
    this.#webhook =
      config.webhook.url === '' ? undefined : new WebhookSink(this.bus, config.webhook, { log: this.log });
  }

  /** Subscribes to one type of event; returns the function that ends the subscription. */
  on<T extends EventType>(type: T, listener: (event: EventOf<T>) => void): () => void {
    return this.bus.subscribe({ types: [type] }, (event: HeedEvent) => listener(event as EventOf<T>));
  }

  /**
   * Opens a session for one speaker. The first session with audio loads the models. Rejects with `not-found` when
   * `contexts` holds a name that no command uses, and with `bad-config` when `wake` is no phrase.
   */
  async openSession(options: OpenSessionOptions = {}): Promise<Session> {
    if (this.#closing) throw new HeedError('closed', 'heed is closing and opens no more sessions. Create another one.');
    const language = options.language ?? this.config.language;
    const sessionId = options.sessionId ?? randomUUID();
    const contexts = new Contexts(this.registry, options.contexts);
    const ears = options.audio === false ? undefined : (options.ears ?? (await this.ears()));
    const voices = options.diarize === true && ears ? await this.#voices() : undefined;
    const config = { ...this.config, vad: withSensitivity(this.config.vad, options.sensitivity) };
    this.#lastResort?.start();
    if (ears) this.#prepareVoices();
    const trace = ears && this.traces.open({ sessionId, language, contexts, vad: config.vad });
    const session = new Session({
      sessionId,
      language,
      config,
      ...(options.wake === undefined ? {} : { wake: checkWake(options.wake) }),
      contexts,
      grammars: this.#grammarsOf(options.chain),
      registry: this.registry,
      state: {
        get: (topic) => this.bus.stateOf(topic),
        watch: (listener) =>
          this.bus.subscribe({ types: ['state'] }, (event) => {
            if (event.type === 'state') listener(event.topic);
          }),
      },
      log: this.log,
      ...(options.dryRun === true ? {} : { dispatcher: this.dispatcher }),
      ...(ears ? { ears } : {}),
      ...(voices ? { voices } : {}),
      knownVoices: this.voices,
      ...(trace ? { trace } : {}),
      ...(this.#lastResort ? { lastResort: this.#lastResort } : {}),
      ...(options.clock ? { clock: options.clock } : {}),
      publish: (body) => {
        this.bus.publish(sessionId, body);
        if (body.type === 'session.ended') this.#sessions.delete(session);
      },
    });
    this.#sessions.add(session);
    session.start();
    return session;
  }

  /** Returns how a typed phrase would be understood now; runs nothing. */
  understand(text: string, language = this.config.language): MatchResult {
    const { matcher } = this.#grammarsOf().get(language);
    return asSaid(matcher.match(text), [text], matcher.grammar);
  }

  /** Returns the voice activity model and the recogniser; the first call fetches, verifies and loads them. */
  ears(): Promise<Ears> {
    this.#ears ??= this.#loadEars().catch((error: unknown) => {
      this.#ears = undefined;
      throw error;
    });
    return this.#ears;
  }

  /** Loads the models that find who speaks when in one recording, in a thread that whoever asks for it closes. */
  fileVoices(): Promise<FileVoices> {
    return openFileVoices(this.config, this.#modelWork);
  }

  /** Resolves when the model of `match.model` can make suggestions, or cannot be loaded; at once if there is none. */
  async suggestionsReady(): Promise<void> {
    this.#lastResort?.start();
    await this.#lastResort?.settled();
  }

  /** What `ears` has loaded; undefined until then. */
  get loadedEars(): Ears | undefined {
    return this.#loadedEars;
  }

  /** The number of open sessions. */
  get sessionCount(): number {
    return this.#sessions.size;
  }

  /** Calls the listener after each reading of `ears`; returns the function that stops this. */
  watchReadings(listener: ReadingListener): () => void {
    this.#readingListeners.add(listener);
    return () => {
      this.#readingListeners.delete(listener);
    };
  }

  /** Starts the server, unless it runs already. Its `url` is the address of the page, with the token in it. */
  async listen(): Promise<Listener> {
    const { server } = this.#options;
    if (!server)
      throw new HeedError('bad-config', 'heed cannot listen without a server. Create it with the option `server`.');
    await this.ears();
    if (!this.#server) {
      this.#server = await server(this, { log: this.log });
      // One that was not set was made by the server, and perhaps kept from an earlier start.
      const token = new URL(this.#server.url).searchParams.get('token');
      if (token !== null) this.#secrets.push(token);
      this.log('heed listens.', { level: 'info', host: this.config.server.host, port: this.#server.port });
    }
    return this.#server;
  }

  /** Reloads command files when they change, until `close()`. The event `commands.changed` tells open pages. */
  watchCommands(dir: string): void {
    this.#stopWatching ??= this.registry.watch(dir, () => {
      this.publishFirstState();
      // What cannot be compiled is told when the first phrase needs it.
      this.prepareGrammar().catch(() => undefined);
      this.publishCommands();
    });
  }

  /** Tells open pages which commands there are, and what is wrong with them. */
  publishCommands(): void {
    this.bus.publish(commonSession, {
      type: 'commands.changed',
      commands: this.registry.commands.map(({ name }) => name),
      problems: this.registry.problems.map(problemText),
    });
  }

  /** Compiles all commands before the first phrase comes, while others have their turn. */
  prepareGrammar(): Promise<void> {
    return this.#grammarsOf().prepare(this.config.language, undefined, []);
  }

  /** The commands that were given for later, in the order in which they are due. */
  get planned(): readonly PlannedCommand[] {
    return this.dispatcher.planner.list();
  }

  /** Calls a planned command off; resolves to undefined when it is not planned any more. */
  cancelPlanned(id: string): Promise<PlannedCommand | undefined> {
    return this.dispatcher.planner.cancel(id);
  }

  /** Publishes the initial state that the commands declare, except for topics that already have a value. */
  publishFirstState(): void {
    for (const { state } of this.registry.commands) {
      for (const [topic, value] of Object.entries(state)) {
        if (this.bus.stateOf(topic) === undefined) this.bus.publish(commonSession, { type: 'state', topic, value });
      }
    }
  }

  /**
   * Closes the server, the sessions, the webhook and the models, in the reverse order of their start. Idempotent; a
   * second call without `drainMs` cuts short the time that the first one gave.
   */
  close({ drainMs = 0 }: CloseOptions = {}): Promise<void> {
    if (drainMs === 0) this.#hurry.abort();
    this.#closing ??= this.#closeAll(drainMs);
    return this.#closing;
  }

  #grammarsOf(chain = this.config.match.chain): Grammars {
    return this.#grammars[chain ? 'chained' : 'single'];
  }

  /**
   * Makes a voice known, or anew, from a recording of its owner alone, who has agreed to that: 16 kHz.
   * @throws HeedError `bad-config` for a name that cannot be one, `bad-audio` when it is too little speech or of
   *   several voices, `too-many`
   */
  async addVoice(name: string, samples: Float32Array): Promise<Enrolled> {
    const { vad } = await this.ears();
    return this.voices.add(name, await speechOf(samples, vad));
  }

  /** Loads the models for voices, without anybody waiting, if a command may be given by some voices only. */
  #prepareVoices(): void {
    if (this.registry.commands.some(({ speakers }) => speakers !== undefined)) void this.voices.prepare();
  }

  /** Returns the models that tell voices apart; the first call fetches, verifies and loads them. */
  #voices(): Promise<Diarization> {
    const loading = (this.#diarization ??= createDiarization(this.config, this.#modelWork));
    loading.catch(() => {
      if (this.#diarization === loading) this.#diarization = undefined;
    });
    return loading;
  }

  get #modelWork(): WorkOptions {
    const { onModelProgress } = this.#options;
    return onModelProgress ? { onProgress: onModelProgress } : {};
  }

  async #loadEars(): Promise<Ears> {
    const { vad, transcriber, onModelProgress } = this.#options;
    const listeners = this.#readingListeners;
    const { config, log } = this;
    const languages = [
      config.language,
      ...this.registry.commands.flatMap(({ phrases }) => (Array.isArray(phrases) ? [] : Object.keys(phrases))),
    ];
    this.#loadedEars = await loadEars({ config, vad, transcriber, onModelProgress, languages, listeners, log });
    return this.#loadedEars;
  }

  async #closeAll(drainMs: number): Promise<void> {
    const { signal: hurry } = this.#hurry;
    const sessions = (): Iterable<Session> => this.#sessions;
    const isDone = drainMs === 0 || (await drain({ server: this.#server, sessions, drainMs, hurry, log: this.log }));
    if (!isDone) await this.dispatcher.close();
    await this.#server?.close();
    await this.#stopWatching?.();
    await Promise.all([...this.#sessions].map((session) => session.close('shutdown')));
    await this.dispatcher.close();
    await this.#hosts?.close();
    await this.journal.close();
    await this.#webhook?.close();
    await this.#lastResort?.close();
    const ears = await this.#ears?.catch(() => undefined);
    await ears?.transcriber.close();
    await ears?.vad.close();
    await (await this.#diarization?.catch(() => undefined))?.close();
    this.#takeWordsBack();
  }
}

/**
 * Creates heed with the server of the options, or without one; `createHeed` in `index.ts` adds heed's own server.
 * @throws HeedError `bad-config` for options that don't fit
 */
export async function createHeed(options: HeedOptions = {}): Promise<Heed> {
  const config = loadConfig({
    ...(options.configFile === undefined ? {} : { file: options.configFile }),
    ...(options.config === undefined ? {} : { overrides: options.config }),
  });
  const takeWordsBack = addWords(config.match.words);
  if (!takeWordsBack)
    throw new HeedError(
      'bad-config',
      'Another heed in this process has other match.words. Give both the same, or run them in processes of their own.',
    );
  try {
    return await createWith(config, options, takeWordsBack);
  } catch (error) {
    takeWordsBack();
    throw error;
  }
}

async function createWith(config: Config, options: HeedOptions, takeWordsBack: () => void): Promise<Heed> {
  const secrets = secretsOf(config);
  const log = createLog({ ...config.log, secrets, write: options.log ?? ((line) => console.error(line)) });
  const bus = new EventBus({ log });
  let isLoaded = false;
  const onLate = (late: LateError): void => {
    // What is wrong before that is told together with all that is wrong with the files.
    if (registry.addLate(late) && isLoaded) heed.publishCommands();
  };
  const hosts = config.commands.isolate ? hostsOf(config, { log, bus, registry: () => registry, onLate }) : undefined;
  const registry: Registry = new Registry({
    language: config.language,
    importer: hosts ?? localImporter(config.commands.loadTimeoutMs),
    conceal: concealing(secrets),
  });
  for (const [name, definition] of Object.entries(options.commands ?? {})) registry.add(name, definition);
  const { journal: path, maxJournal: max } = config.dispatch;
  const journal = await openJournal({ path: path || (options.journalFile ?? ''), max, log });
  const heed = new Heed(options, { config, bus, hosts, registry, journal, log, secrets, takeWordsBack });
  const dir = options.commandsDir ?? config.commands.dir;
  if (dir !== false) {
    await registry.load(dir);
    if (config.commands.watch) heed.watchCommands(dir);
  }
  isLoaded = true;
  await heed.prepareGrammar();
  heed.publishFirstState();
  await heed.dispatcher.planner.resume();
  return heed;
}

interface HostParts {
  log: Log;
  bus: EventBus;
  registry: () => Registry;
  onLate: (late: LateError) => void;
}

/** Makes the processes of command files, which share the state. */
function hostsOf({ commands }: Config, { log, bus, registry, onLate }: HostParts): HandlerHosts {
  const hosts = new HandlerHosts({
    config: commands,
    log,
    state: () => bus.state(),
    commands: () => registry().commands,
    contexts: () => registry().contexts,
    onLate,
  });
  bus.subscribe({ types: ['state'] }, (event) => {
    if (event.type === 'state') hosts.setState(event.topic, event.value);
  });
  return hosts;
}
