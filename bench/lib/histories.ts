import { defaultConfig, hashPin } from '../../src/config/index.ts';
import { Dispatcher, type SessionDispatcher } from '../../src/dispatch/index.ts';
import { number } from '../../src/grammar/index.ts';
import { MemoryJournal } from '../../src/journal/index.ts';
import { Contexts, Registry, type Command, type CommandContext } from '../../src/registry/index.ts';
import type { Clock, MatchVia } from '../../src/types.ts';
import { createRandom } from './random.ts';

/** What came of one history. */
export interface HistoryResult {
  /** How many commands of high risk ran, each of which needed a proof of its own. */
  runs: number;
  /** How many were refused or failed. */
  others: number;
  /** What must not have happened, in words. */
  violations: string[];
}

/** What a history draws from; each value is 0–1. */
type Random = () => number;

/** The state of the world at a moment, as an observer sees it who knows nothing of the dispatcher. */
interface World {
  /** The version of each command; 0 while it does not exist. */
  versions: Map<string, number>;
  off: Set<string>;
  contexts: string;
}

/** How an answer is given. */
type By = 'tap' | 'typed' | 'heard well' | 'heard badly';

interface Asked {
  session: string;
  /** The command and its argument, which is different in every run. */
  name: string;
  n: number;
  world: string;
  isOpen: boolean;
}

const names = ['tap', 'speech', 'pin'] as const;
type Name = (typeof names)[number];
const vias: MatchVia[] = ['exact', 'exact', 'exact', 'grammar', 'near', 'dialog'];
const rightPin = '4711';

/**
 * Plays a random history of two sessions: commands of high risk are given, their questions answered by hand, by voice
 * and by PIN, at the right time and late, while commands are loaded again, removed and switched off, contexts change,
 * handlers fail and other commands interrupt. An observer notes each proof that was accepted while nothing had changed,
 * and no handler may run without one of its own.
 */
async function playHistory(random: Random, { steps, pin }: { steps: number; pin: string }): Promise<HistoryResult> {
  const play = new Play(random, pin);
  for (let i = 0; i < steps; i++) await play.step();
  return await play.end();
}

/** In one of so many histories there is a PIN, because each try of one takes a twentieth of a second. */
const withPinEach = 50;

/** Plays many histories, each from a seed of its own, and adds up what came of them. */
export async function playHistories({
  histories,
  firstSeed = 0,
  onProgress = () => undefined,
}: {
  histories: number;
  firstSeed?: number;
  onProgress?: (done: number) => void;
}): Promise<HistoryResult> {
  const pin = await hashPin(rightPin);
  const sum: HistoryResult = { runs: 0, others: 0, violations: [] };
  for (let i = 0; i < histories; i++) {
    const seed = firstSeed + i;
    const random = createRandom(seed);
    const isWithPin = seed % withPinEach === 0;
    const { runs, others, violations } = await playHistory(random, { steps: 25, pin: isWithPin ? pin : '' });
    sum.runs += runs;
    sum.others += others;
    sum.violations.push(...violations.map((violation) => `seed ${seed}: ${violation}`));
    if (i % 1_000 === 999) onProgress(i + 1);
  }
  return sum;
}

const templates = new Registry({ language: 'en' });
for (const name of names)
  templates.add(name, {
    phrases: [`${name} {n}`],
    slots: { n: number({ max: 100_000 }) },
    risk: 'high',
    confirmBySpeech: name === 'speech',
    pin: name === 'pin',
    confirm: ({ n }) => `${name} ${String(n)}`,
    run: () => undefined,
  });
templates.add('low', { phrases: ['low'], run: () => undefined });
templates.add('mode', { phrases: ['mode'], contexts: ['on'], run: () => undefined });

class Play {
  readonly #random: Random;
  readonly #world: World = { versions: new Map(names.map((name) => [name, 1])), off: new Set(), contexts: '' };
  readonly #clock = new HandClock();
  readonly #sessions = new Map<string, SessionDispatcher>();
  readonly #contexts: Contexts;
  readonly #asked = new Map<string, Asked>();
  /** Runs that may happen: the key of the command, its argument and its version. */
  readonly #proofs = new Set<string>();
  readonly #pending: Promise<unknown>[] = [];
  readonly #result: HistoryResult = { runs: 0, others: 0, violations: [] };
  #commands: readonly Command[];
  readonly #hasPin: boolean;
  #n = 0;

  constructor(random: Random, pin: string) {
    this.#random = random;
    this.#hasPin = pin !== '';
    this.#commands = [...names.map((name) => this.#version(name)), templates.get('low')!, templates.get('mode')!];
    this.#contexts = new Contexts(templates);
    const registry = {
      get: (name: string) => this.#commands.find((command) => command.name === name),
      describe: () => [],
    };
    const dispatcher = new Dispatcher({
      config: { ...defaultConfig.dispatch, pin },
      registry: Object.defineProperty(registry, 'commands', { get: () => this.#commands }) as typeof registry & {
        commands: readonly Command[];
      },
      journal: new MemoryJournal(100),
      state: { get: () => undefined, set: () => undefined },
      log: () => undefined,
      publish: () => undefined,
    });
    for (const id of ['a', 'b'])
      this.#sessions.set(
        id,
        dispatcher.open({
          id,
          contexts: this.#contexts,
          isActive: (name) => !this.#world.off.has(name),
          clock: this.#clock,
          publish: (body) => {
            if (body.type !== 'prompt' || body.kind !== 'confirm') return;
            const [, name, n] = /(tap|speech|pin) (\d+)$/.exec(body.text)!;
            for (const other of this.#asked.values()) if (other.session === id) other.isOpen = false;
            const before = this.#asked.get(body.prompt_id);
            // A question that is asked again is bound to the world in which it was asked first.
            const world = before?.world ?? this.#see(name!);
            this.#asked.set(body.prompt_id, { session: id, name: name!, n: Number(n), world, isOpen: true });
          },
        }),
      );
  }

  async step(): Promise<void> {
    const dice = this.#random();
    const session = this.#random() < 0.7 ? 'a' : 'b';
    if (dice < 0.25) this.#give(session);
    else if (dice < 0.5) this.#tap(session);
    else if (dice < 0.65) this.#say(session);
    else if (dice < 0.75) this.#change();
    else if (dice < 0.8) this.#interrupt(session);
    else if (dice < 0.87) this.#switch();
    else if (dice < 0.93) this.#contexts.set(this.#random() < 0.5 ? ['on'] : []);
    else this.#clock.advance(this.#random() * 20_000);
    this.#world.contexts = this.#contexts.active.join();
    await settle();
  }

  async end(): Promise<HistoryResult> {
    for (const session of this.#sessions.values()) session.end();
    await Promise.all(this.#pending);
    return this.#result;
  }

  #give(session: string): void {
    const name = this.#one(names);
    const n = ++this.#n;
    const running = this.#sessions
      .get(session)!
      .run(
        { command: name, args: { n }, score: 1, via: this.#one(vias), phrase: `${name} ${n}`, candidates: [] },
        { language: 'en', spokenAtMs: this.#clock.nowMs() },
      );
    this.#pending.push(running.then(({ status }) => void (status === 'done' || this.#result.others++)));
  }

  /** Answers any question that was ever asked, in the right session or another one, by its id. */
  #tap(session: string): void {
    const all = [...this.#asked];
    if (all.length === 0) return;
    const [id, asked] = this.#random() < 0.7 ? all.at(-1)! : this.#one(all);
    const text = this.#one(['yes', 'yes', 'yes', 'no', 'hm', rightPin, '0000']);
    this.#prove(asked, text, { by: 'tap', isFor: session });
    this.#sessions.get(session)!.answer(id, text);
  }

  #say(session: string): void {
    const text = this.#one(['yes', 'do it', 'sure', 'no', rightPin, '0000', 'hello there']);
    const by = this.#one(['typed', 'heard well', 'heard well', 'heard badly'] as const);
    const asked = [...this.#asked.values()].find((open) => open.session === session && open.isOpen);
    if (asked) this.#prove(asked, text, { by, isFor: session });
    const nowMs = this.#clock.nowMs();
    const speech = { startedAtMs: nowMs, confidence: by === 'heard well' ? 0.9 : 0.3 };
    this.#sessions.get(session)!.answerSpoken({ text, spokenAtMs: nowMs, ...(by === 'typed' ? {} : { speech }) });
  }

  /** Notes what an answer allows, at most. */
  #prove(asked: Asked, text: string, { by, isFor }: { by: By; isFor: string }): void {
    const { name, n, session, world, isOpen } = asked;
    const isYes = ['yes', 'do it', 'sure'].includes(text);
    const isClear = by === 'typed' || (by === 'heard well' && text !== 'sure');
    const isEnough =
      text === rightPin ? this.#hasPin : isYes && (by === 'tap' ? name !== 'pin' : name === 'speech' && isClear);
    if (isOpen && isFor === session && isEnough && world === this.#see(name)) this.#proofs.add(`${name} ${n} ${world}`);
  }

  #change(): void {
    const name = this.#one(names);
    const { versions } = this.#world;
    const isThere = this.#commands.some((command) => command.name === name);
    const others = this.#commands.filter((command) => command.name !== name);
    if (isThere && this.#random() < 0.3) {
      this.#commands = others;
      versions.set(name, 0);
      return;
    }
    versions.set(name, ++this.#n + 1_000);
    this.#commands = [...others, this.#version(name)];
  }

  #switch(): void {
    const name = this.#one(names);
    if (!this.#world.off.delete(name)) this.#world.off.add(name);
  }

  #interrupt(session: string): void {
    const match = { command: 'low', args: {}, score: 1, via: 'exact', phrase: 'low', candidates: [] } as const;
    const context = { language: 'en', spokenAtMs: this.#clock.nowMs() };
    this.#pending.push(this.#sessions.get(session)!.run({ ...match, candidates: [] }, context));
    for (const asked of this.#asked.values()) if (asked.session === session) asked.isOpen = false;
  }

  /** A version of a command, whose handler tells the observer that it runs. */
  #version(name: Name): Command {
    const version = this.#world.versions.get(name)!;
    return {
      ...templates.get(name)!,
      run: ({ args, session }: CommandContext) => {
        this.#result.runs++;
        const n = args['n'] as number;
        const key = `${name} ${n} ${this.#see(name)}`;
        if (!this.#proofs.delete(key)) this.#result.violations.push(`${key} ran in ${session.id} without a proof`);
        if (version !== this.#world.versions.get(name)) this.#result.violations.push(`${key} ran an old version`);
        if (this.#random() < 0.2) throw new Error('The handler fails.');
      },
    };
  }

  /** The part of the world that a consent is for. */
  #see(name: string): string {
    const { versions, off } = this.#world;
    return `${versions.get(name)} ${off.has(name) ? 'off' : 'on'} [${this.#contexts.active.join()}]`;
  }

  #one<T>(values: readonly T[]): T {
    return values[Math.floor(this.#random() * values.length)]!;
  }
}

/** A clock that goes on only by hand. */
class HandClock implements Clock {
  #nowMs = 0;
  readonly #due = new Set<{ atMs: number; run: () => void }>();

  nowMs(): number {
    return this.#nowMs;
  }

  after(ms: number, run: () => void): () => void {
    const alarm = { atMs: this.#nowMs + ms, run };
    this.#due.add(alarm);
    return () => this.#due.delete(alarm);
  }

  advance(ms: number): void {
    this.#nowMs += ms;
    for (const alarm of this.#due) {
      if (alarm.atMs > this.#nowMs) continue;
      this.#due.delete(alarm);
      alarm.run();
    }
  }
}

async function settle(): Promise<void> {
  for (let i = 0; i < 2; i++) await new Promise((resolve) => setImmediate(resolve));
}
