import { defaultConfig, type Config } from '../../src/config/index.ts';
import { Dispatcher } from '../../src/dispatch/index.ts';
import type { EventBody } from '../../src/events/event.ts';
import { MemoryJournal } from '../../src/journal/index.ts';
import { Grammars } from '../../src/session/grammars.ts';
import { StreamClock } from '../../src/session/stream-clock.ts';
import { Session } from '../../src/session/session.ts';
import { Contexts, Registry, type CommandDefinition } from '../../src/registry/index.ts';
import type { Diarization, KnownVoices } from '../../src/speakers/index.ts';
import type { LastResort } from '../../src/suggest/index.ts';
import { frameSamples, msToSamples } from '../../src/types.ts';
import { numbered, numberedVad, ObedientTranscriber, type AskedReading } from './numbered-audio.ts';

type Type = EventBody['type'];
type Body<T extends Type> = Extract<EventBody, { type: T }>;

/** What a session on this stage consists of. */
export interface StageOptions {
  commands: Record<string, CommandDefinition>;
  language?: string;
  vad?: Partial<Config['vad']>;
  match?: Partial<Config['match']>;
  wake?: Partial<Config['wake']>;
  dispatch?: Partial<Config['dispatch']>;
  grammars?: Pick<Grammars, 'get' | 'prepare'>;
  lastResort?: Pick<LastResort, 'suggest'>;
  voices?: Pick<Diarization, 'openStream'>;
  knownVoices?: Pick<KnownVoices, 'judge' | 'listen' | 'names'>;
  /** The time of a recording, which goes on with what is played; default: the machine's. */
  clock?: StreamClock;
}

/** A session with an engine that finishes its readings when it is told to. */
export class SessionStage {
  readonly engine = new ObedientTranscriber();
  readonly events: EventBody[] = [];
  readonly session: Session;
  /** The shared values by topic. */
  readonly state = new Map<string, unknown>();
  readonly logged: string[] = [];
  #listener: (topic: string) => void = () => undefined;
  /** How long ago what comes now was spoken, ms; undefined for live sound. */
  ageMs: number | undefined;
  readonly #clock: StreamClock | undefined;
  #sample = 0;

  constructor({
    commands,
    language = 'en',
    vad = {},
    match = {},
    wake = {},
    dispatch = {},
    grammars,
    lastResort,
    voices,
    knownVoices,
    clock,
  }: StageOptions) {
    this.#clock = clock;
    const config: Config = {
      ...defaultConfig,
      vad: { ...defaultConfig.vad, ...vad },
      match: { ...defaultConfig.match, ...match },
      wake: { ...defaultConfig.wake, ...wake },
      dispatch: { ...defaultConfig.dispatch, ...dispatch },
    };
    const registry = new Registry({ language: 'en' });
    for (const [name, definition] of Object.entries(commands)) registry.add(name, definition);
    const publish = (body: EventBody): void => void this.events.push(body);
    const dispatcher = new Dispatcher({
      config: config.dispatch,
      registry,
      state: { get: (topic) => this.state.get(topic), set: (topic, value) => this.setState(topic, value) },
      journal: new MemoryJournal(config.dispatch.maxJournal),
      log: () => undefined,
      publish,
    });
    this.session = new Session({
      sessionId: 's',
      language,
      config,
      dispatcher,
      ...(lastResort ? { lastResort } : {}),
      ...(voices ? { voices } : {}),
      ...(knownVoices ? { knownVoices } : {}),
      contexts: new Contexts(registry),
      state: {
        get: (topic) => this.state.get(topic),
        watch: (listener) => {
          this.#listener = listener;
          return () => undefined;
        },
      },
      log: (line) => void this.logged.push(line),
      registry,
      publish,
      ...(clock ? { clock } : {}),
      grammars: grammars ?? new Grammars(registry, config.match),
      ears: { vad: numberedVad, transcriber: this.engine },
    });
  }

  setState(topic: string, value: unknown): void {
    this.state.set(topic, value);
    this.#listener(topic);
  }

  /** The position of the next sample. */
  get sample(): number {
    return this.#sample;
  }

  /** Somebody speaks for this many frames of 32 ms. */
  speak(frames: number): Promise<void> {
    return this.#push(frames, true);
  }

  /** Nobody speaks. */
  pause(frames: number): Promise<void> {
    return this.#push(frames, false);
  }

  /** Plays silence that certainly ends a segment. */
  endBySilence(): Promise<void> {
    return this.pause(Math.ceil(msToSamples(1_500) / frameSamples));
  }

  /** The oldest reading that is neither settled nor aborted. */
  get reading(): AskedReading {
    const reading = this.engine.asked.find(({ isAborted }) => !isAborted);
    if (!reading) throw new Error(`Nothing is being read. Events: ${JSON.stringify(this.events)}`);
    return reading;
  }

  /** Gives this result to the current reading, and to a repeated reading that follows from it. */
  async hear(change: Parameters<AskedReading['succeed']>[0]): Promise<void> {
    while (this.engine.asked.some(({ isAborted }) => !isAborted)) {
      this.reading.succeed(change);
      await settle();
    }
  }

  /** Plays a phrase to its end and has it read as this text. */
  async phrase(text: string, change: Parameters<AskedReading['succeed']>[0] = {}): Promise<void> {
    await this.speak(20);
    await this.pause(4);
    await this.hear({ text, ...change });
    await this.endBySilence();
    await settle();
  }

  /** The events of one type so far. */
  of<T extends Type>(type: T): Body<T>[] {
    return this.events.filter((event): event is Body<T> => event.type === type);
  }

  /** The types of the events so far, without partials. */
  get types(): Type[] {
    return this.events.map(({ type }) => type).filter((type) => type !== 'segment.partial');
  }

  async #push(frames: number, isSpeech: boolean): Promise<void> {
    for (let i = 0; i < frames; i++) {
      const samples = numbered(this.#sample, 1, isSpeech);
      this.#sample += samples.length;
      this.#clock?.advance(samples.length);
      await this.session.push(samples, this.ageMs === undefined ? undefined : performance.now() - this.ageMs);
    }
  }
}

/** Lets everything happen that is ready to happen. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
}
