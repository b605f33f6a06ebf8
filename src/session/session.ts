import type { Config } from '../config/index.ts';
import { dryRunner, type CommandRunner, type Dispatcher } from '../dispatch/index.ts';
import { asHeedError, HeedError, quoted } from '../errors.ts';
import type { EventBody, HeedEvent } from '../events/event.ts';
import { codeOrDefault, defaultLanguage } from '../language/index.ts';
import type { Log } from '../log.ts';
import type { Contexts, Registry } from '../registry/index.ts';
import { SessionSpans } from '../spans/index.ts';
import type { SessionTrace } from '../trace/index.ts';
import type { LastResort } from '../suggest/index.ts';
import { machineClock, type Clock } from '../types.ts';
import { Addressing, type Spoken } from './addressing.ts';
import { AudioInput, closedError } from './audio-input.ts';
import { Delivery } from './delivery.ts';
import type { Ears } from './ears.ts';
import type { ActiveGrammar, Grammars } from './grammars.ts';
import { Interpreter } from './interpreter.ts';
import type { PhraseSource } from './phrase-source.ts';
import { Replies } from './replies.ts';
import { Running } from './running.ts';
import type { ListSources } from './run-time-lists.ts';
import { SegmentReader } from './segment-reader.ts';
import type { ReadingGrammar } from './segment-readings.ts';
import { SessionCommands } from './session-commands.ts';
import { SessionVoices } from './session-voices.ts';
import type { Diarization, KnownVoices } from '../speakers/index.ts';

/** How long a segment of live speech waits to be told who spoke it; most windows take a tenth of that. */
const whoDeadlineMs = 1_000;

/** What a session needs. */
export interface SessionOptions {
  sessionId: string;
  config: Config;
  /** ISO 639-1 code, or "auto". */
  language: string;
  /** The phrases with which spoken commands must begin; default: the option `wake.phrases`. */
  wake?: readonly string[];
  /** Absent in a session that only takes typed phrases. */
  ears?: Ears;
  /** Tells the voices of the stream apart; absent in a session that does not want that. */
  voices?: Pick<Diarization, 'openStream'>;
  /** Knows people by their voices; absent where nobody is known. */
  knownVoices?: Pick<KnownVoices, 'judge' | 'listen' | 'names'>;
  /** The active contexts of this session; its handlers may switch them. */
  contexts: Contexts;
  grammars: Pick<Grammars, 'get' | 'prepare'>;
  registry: Pick<Registry, 'commands'>;
  /** The shared values, of which lists may be computed. */
  state: ListSources['state'];
  log: Log;
  /** Absent in a dry run, where phrases are understood but nothing runs. */
  dispatcher?: Pick<Dispatcher, 'open'>;
  /** Suggests commands for words that match none; absent without such a model. */
  lastResort?: Pick<LastResort, 'suggest'>;
  /** Records how each utterance was understood; closed with the session. */
  trace?: SessionTrace;
  /** The time by which phrases and answers are judged; default: the machine's. */
  clock?: Clock;
  /** Takes the session's events. */
  publish: (body: EventBody) => void;
}

/**
 * Takes one speaker's stream through all stages, in this order: samples → frames → speech probability → segment →
 * readings → delivery (in the order of speaking) → interpreter (match, handler) → events.
 */
export class Session {
  readonly id: string;
  readonly #options: SessionOptions;
  readonly #dispatcher: CommandRunner;
  readonly #addressing: Addressing;
  readonly #interpreter: Interpreter;
  readonly #replies: Replies;
  readonly #delivery: Delivery;
  readonly #input: AudioInput;
  readonly #spans: SessionSpans;
  /** Absent in a session that does not tell voices apart. */
  readonly #voices: SessionVoices | undefined;
  readonly #running = new Running();
  readonly #commands: SessionCommands;
  readonly #clock: Clock;
  #active: readonly string[] | undefined;
  /** The language that was spoken last. */
  #spokenLanguage: string | undefined;
  /** While it is down, nobody can go on speaking, or answer. */
  #line: 'up' | 'down' = 'up';
  #state: 'open' | 'closing' = 'open';
  #closed: Promise<void> | undefined;

  constructor(options: SessionOptions) {
    const { sessionId, config, contexts, trace, ears, lastResort, clock = machineClock } = options;
    const { language, registry, state, log } = options;
    const publish = (body: EventBody): void => this.#publish(body);
    this.id = sessionId;
    this.#options = options;
    this.#spans = new SessionSpans(sessionId);
    this.#clock = clock;
    const stream = ears?.vad.openStream();
    const session = { id: sessionId, language };
    const commands = new SessionCommands(registry, { session, contexts, state, log }, (own) =>
      options.grammars.prepare(this.#likelyLanguage, this.#active, contexts.active, own),
    );
    this.#commands = commands;
    contexts.watch(() => commands.contextsChanged());
    this.#dispatcher =
      options.dispatcher?.open({
        id: sessionId,
        contexts,
        registry: commands,
        isActive: (command) => this.#active?.includes(command) ?? true,
        publish,
        clock,
      }) ?? dryRunner;
    this.#addressing = new Addressing({
      phrases: options.wake ?? config.wake.phrases,
      withinMs: config.wake.withinMs,
      publish,
      clock,
      isOwnVoice: (text, startedAtMs) => this.#dispatcher.isOwnVoice(text, startedAtMs),
    });
    this.#replies = new Replies(config.match, this.#dispatcher);
    this.#interpreter = new Interpreter({
      replies: this.#replies,
      dispatcher: this.#dispatcher,
      addressing: this.#addressing,
      publish,
      clock,
      ...(trace ? { trace } : {}),
      ...(lastResort
        ? {
            suggest: (unmatched) =>
              lastResort.suggest({ ...unmatched, mayBeMeant: (name) => commands.get(name)?.risk === 'low' }),
          }
        : {}),
      language: () => this.#likelyLanguage,
      matcher: (language) => this.#grammar(language).matcher,
    });
    this.#delivery = new Delivery({
      config: config.match,
      publish,
      ...(trace ? { trace } : {}),
      expects: (transcript, spoken) => this.#interpreter.expects(transcript, spoken),
      understand: (transcript, spoken) => this.#interpreter.understand(transcript, spoken),
      interpret: (text, source) => {
        this.#running.add(this.#interpret(text, source)).catch((error: unknown) => this.report(asHeedError(error)));
      },
      needsVoice: () => this.#dispatcher.needsVoice,
      onFinal: (segment, { speaker }) => this.#voices?.published(segment, speaker),
      onLanguage: (language) => {
        this.#spokenLanguage = language;
      },
    });
    const { voices: open, knownVoices } = options;
    this.#voices =
      ears &&
      open &&
      new SessionVoices({
        open: (onHeard) => open.openStream(onHeard),
        publish,
        knownNames: () => knownVoices?.names ?? [],
        ...(clock === machineClock ? { deadlineMs: whoDeadlineMs } : {}),
      });
    const reader =
      ears &&
      new SegmentReader({
        sessionId,
        config,
        language: options.language,
        likelyLanguage: () => this.#likelyLanguage,
        transcriber: ears.transcriber,
        addressing: this.#addressing,
        grammarOf: (language, spoken) => this.#readingGrammar(language, spoken),
        understand: (transcript, spoken) => this.#interpreter.understand(transcript, spoken),
        commandOf: (name) => commands.get(name),
        isSecret: () => this.#dispatcher.isSecret,
        delivery: this.#delivery,
        publish,
        spans: this.#spans,
        clock,
        ...(trace ? { trace } : {}),
        ...(this.#voices ? { voices: this.#voices } : {}),
        ...(knownVoices
          ? {
              knownVoices: {
                isNeeded: (use) =>
                  commands.commands.some(({ speakers }) => speakers !== undefined) ||
                  (use === 'names' && knownVoices.names.length > 0),
                judge: (speech) => knownVoices.judge(speech),
                listen: () => knownVoices.listen(),
              },
            }
          : {}),
      });
    this.#input = new AudioInput(stream && reader && { stream, reader });
  }

  /** Publishes `session.started`; called once, after the session has been registered by whoever opened it. */
  start(): void {
    const { language, ears } = this.#options;
    const { phrases } = this.#addressing;
    this.#publish({
      type: 'session.started',
      language,
      commands: this.#commands.commands.map(({ name }) => name),
      ...(ears ? { backend: ears.transcriber.info.backend } : {}),
      ...(phrases ? { wake: [...phrases] } : {}),
    });
  }

  /**
   * Takes any number of 16 kHz mono samples. Resolves when the voice activity model has judged them, which gives the
   * caller backpressure. `spokenAtMs` is when the last of them was spoken, `performance.now()` ms, if they come late.
   * Rejects with `busy` when more than 30 s of audio would wait, with `closed` after `close()`.
   */
  push(samples: Float32Array, spokenAtMs?: number): Promise<void> {
    const taken = this.#input.push(samples, spokenAtMs);
    return this.#clock === machineClock ? taken : taken.then(() => this.#voices?.ready());
  }

  /**
   * Push-to-talk was pressed: until it is released, what is pushed needs no wake phrase. Without wake phrases this
   * changes nothing.
   */
  press(): void {
    this.#hold(true).catch(() => undefined); // In a session that is closing nothing is heard anyway.
  }

  /** Push-to-talk was released. `flush` does that too, and ends the open segment. */
  release(): void {
    this.#hold(false).catch(() => undefined);
  }

  /**
   * Ends the open segment now, because push-to-talk was released or the file is over. Resolves when all commands given
   * so far have run. `spokenAtMs` is when that was, if it comes late.
   */
  async flush(spokenAtMs?: number): Promise<void> {
    // Both at once, so that a press that comes now is not taken back.
    await Promise.all([this.#input.flush(spokenAtMs), this.#hold(false)]);
    await this.#delivery.settled();
    await this.#running.ended();
  }

  /**
   * Resolves when everything given so far has been acted on, or waits for an answer of the speaker. Unlike `flush`, it
   * does not end the open segment.
   */
  async settled(): Promise<void> {
    await this.#input.settled();
    await this.#delivery.settled();
    while (!this.#running.isIdle && !this.#dispatcher.isAsking) await this.#running.untilStirred(this.#running.ended());
  }

  /**
   * Takes a typed phrase, which is understood like a spoken one. Resolves when its command has run. `spokenAtMs` is
   * when it was typed, if it comes late.
   */
  say(text: string, spokenAtMs = this.#clock.nowMs()): Promise<void> {
    if (this.#state !== 'open') return Promise.reject(closedError());
    const interpret = (): Promise<void> => this.#interpret(text, { spokenAtMs });
    return this.#running.add(this.#commands.isComputing ? this.#commands.settled().then(interpret) : interpret());
  }

  /** Answers a prompt by button or typing. Returns false when that prompt is no longer open. */
  answer(promptId: string, text: string): boolean {
    return this.#dispatcher.answer(promptId, text);
  }

  /** Whether the open question, if there is one, would take the text as its answer. */
  expects(text: string): boolean {
    return this.#dispatcher.expects(text);
  }

  /** Whether a question to the speaker is open. */
  get isAsking(): boolean {
    return this.#dispatcher.isAsking;
  }

  /**
   * Takes back the newest command of this session that can be undone, and returns it; undefined when there is none.
   * Rejects with what its `undo` throws.
   */
  undoLast(): Promise<{ command: string; phrase: string } | undefined> {
    return this.#dispatcher.undoLast();
  }

  /**
   * Tells heed that the client has begun, or stopped, to speak what heed said. What is pushed while it speaks, and in
   * the first 300 ms after, is not heard, because it may be heed's own voice; a segment that is open then is dropped.
   * With `isHeld` the speaker has interrupted the voice and holds push-to-talk: then the microphone is heard at once.
   * `atMs` is when that was, if it comes late.
   */
  setPlaying(isPlaying: boolean, { isHeld = false, atMs }: { isHeld?: boolean; atMs?: number | undefined } = {}): void {
    this.#dispatcher.setPlaying(isPlaying, atMs);
    this.#input.setPlaying(isPlaying, isHeld);
  }

  /** The line to the client broke: an open question waits without a limit until `resume`. */
  hold(): void {
    this.#line = 'down';
    this.#dispatcher.hold();
    this.#running.stir();
  }

  /** The line is back, and these are the events that the client gets only now. */
  resume(missed: readonly HeedEvent[]): void {
    this.#line = 'up';
    this.#dispatcher.resume(missed);
  }

  /**
   * Limits this session to the named commands from now on; undefined allows all of them again. A set that was active
   * before need not be compiled again.
   * @throws HeedError `not-found` whose message lists the names that are no commands
   */
  setActive(names: readonly string[] | undefined): void {
    const unknown = (names ?? []).filter((name) => !this.#commands.get(name));
    if (unknown.length > 0)
      throw new HeedError(
        'not-found',
        `There is no command named ${quoted(unknown)}. ` + 'The event `session.started` lists the commands that exist.',
      );
    this.#active = names && [...new Set(names)].sort();
    this.#prepare();
  }

  /**
   * Makes exactly these contexts active from now on; commands that `setActive` excluded stay excluded. A set that was
   * active before need not be compiled again.
   * @throws HeedError `not-found` whose message lists the contexts that no command names
   */
  setContexts(names: readonly string[]): void {
    this.#options.contexts.set(names);
    this.#prepare();
  }

  /** Publishes an error that does not end the session. */
  report({ code, message }: HeedError): void {
    this.#publish({ type: 'error', code, message });
  }

  /** Whether somebody is speaking. */
  get isHearing(): boolean {
    return this.#input.isHearing;
  }

  /**
   * Ends the open question, asks nothing more, and resolves when nothing is being said, read or run: what somebody had
   * begun to say has been heard to its end, and its commands have run. While the line is down, nobody can end a phrase,
   * so that is not waited for.
   */
  async quiet(): Promise<void> {
    this.#dispatcher.stopAsking();
    while (this.#line === 'up') if ((await this.#running.untilStirred(this.#isQuietNext())) === true) return;
    await this.settled();
  }

  /** Ends the session: drops the open segment and awaits the commands that are running. Idempotent. */
  close(reason = 'closed'): Promise<void> {
    this.#closed ??= this.#close(reason);
    return this.#closed;
  }

  #interpret(text: string, source: PhraseSource): Promise<void> {
    return this.#spans.interpret(source.segmentId, (spans) =>
      this.#interpreter.interpret(text, spans ? { ...source, spans } : source),
    );
  }

  async #close(reason: string): Promise<void> {
    this.#state = 'closing';
    await this.#input.close();
    this.#dispatcher.end();
    this.#addressing.close();
    this.#commands.close();
    await this.#delivery.settled();
    await this.#running.ended();
    this.#voices?.close();
    this.#publish({ type: 'session.ended', reason });
    this.#options.trace?.close();
  }

  /** Every event of the session goes through here, so that its trace sees each one before anybody else does. */
  #publish(body: EventBody): void {
    this.#options.trace?.event(body);
    this.#spans.event(body);
    this.#options.publish(body);
    if (body.type === 'prompt') this.#running.stir();
  }

  /** Returns the grammar of the commands that can be given now. */
  #grammar(language: string): ActiveGrammar {
    const { grammars, contexts } = this.#options;
    return grammars.get(language, this.#active, contexts.active, this.#commands);
  }

  /** Compiles what can be said now before it is said. */
  #prepare(): void {
    this.#grammar(this.#likelyLanguage);
  }

  /** While a wake phrase is needed, the grammar of readings begins with one. */
  #readingGrammar(language: string, spoken: Spoken): ReadingGrammar {
    const wake = this.#addressing.needsWake(spoken) ? this.#addressing.words(language) : undefined;
    return this.#replies.readingGrammar(
      this.#grammar(language),
      { startedAtMs: spoken.startedAtMs, language: codeOrDefault(language) },
      wake,
    );
  }

  /** Push-to-talk is pressed or released where the stream of samples is now. */
  #hold(isHeld: boolean): Promise<void> {
    return this.#input.inOrder(() => {
      this.#addressing.isHeld = isHeld;
    });
  }

  /** Waits for everything that is under way; resolves with whether nothing has begun meanwhile. */
  async #isQuietNext(): Promise<boolean> {
    await this.#input.silence();
    await this.#delivery.settled();
    await this.#running.ended();
    return !this.#input.isHearing && this.#running.isIdle;
  }

  /** The session's language; with "auto" the one that was spoken last, and English before anything was spoken. */
  get #likelyLanguage(): string {
    const { language } = this.#options;
    return language === 'auto' ? (this.#spokenLanguage ?? defaultLanguage) : language;
  }
}
