import { defaultConfig } from '../../src/config/index.ts';
import { Dispatcher, type SessionDispatcher } from '../../src/dispatch/index.ts';
import type { EventBody } from '../../src/events/event.ts';
import { number } from '../../src/grammar/index.ts';
import { MemoryJournal } from '../../src/journal/index.ts';
import { Contexts, Registry, type CommandContext } from '../../src/registry/index.ts';
import type { HeardVoice, PhraseVoice } from '../../src/types.ts';
import type { HistoryResult } from './histories.ts';
import { createRandom } from './random.ts';

const people = ['anna', 'ben', 'stranger', 'short', 'several', 'nobody'] as const;
type Person = (typeof people)[number];

/** Who may give each command. */
const allowed: Readonly<Record<string, readonly Person[]>> = {
  open: ['anna'],
  pay: ['anna', 'ben'],
  wipe: ['anna'],
  ask: ['ben'],
};
const names = Object.keys(allowed);

/** The moment "in an hour", as the grammar gives it. */
const inAnHour = { moment: JSON.stringify({ wait: 3_600 }), words: 'in an hour' };

/** What an observer knows of a command that was given with a number of its own. */
interface Given {
  name: string;
  n: number;
  /** Whether all who had a part in its phrase may give it. */
  isAllowed: boolean;
  /** Whether somebody who may has agreed to it, or a tap where that is more than a voice. */
  isAgreed: boolean;
  /** Whether somebody who may has answered its handler. */
  isAnswered: boolean;
}

/**
 * Plays random histories of commands that only some voices may give: given, given for later or in the place of the last
 * one, confirmed, answered and taken back by anybody, in writing and by tap, at any time. None may be planned, no
 * handler may run, go on after its question, or be undone without a voice that may give its command.
 */
export async function playVoiceHistories({
  histories,
  firstSeed = 0,
}: {
  histories: number;
  firstSeed?: number;
}): Promise<HistoryResult> {
  const sum: HistoryResult = { runs: 0, others: 0, violations: [] };
  for (let seed = firstSeed; seed < firstSeed + histories; seed++) {
    const play = new Play(createRandom(`voices ${seed}`));
    for (let step = 0; step < 25; step++) await play.step();
    const { runs, others, violations } = await play.end();
    sum.runs += runs;
    sum.others += others;
    sum.violations.push(...violations.map((violation) => `seed ${seed}: ${violation}`));
  }
  return sum;
}

class Play {
  readonly #random: () => number;
  readonly #session: SessionDispatcher;
  readonly #given = new Map<number, Given>();
  readonly #pending: Promise<unknown>[] = [];
  readonly #result: HistoryResult = { runs: 0, others: 0, violations: [] };
  /** The command whose question is open, and how it may be answered. */
  #open: { given: Given; promptId: string; kind: 'ask' | 'confirm' } | undefined;
  /** Who wants something to be taken back at the moment. */
  #undoing: readonly Person[] = [];

  constructor(random: () => number) {
    this.#random = random;
    const registry = new Registry({ language: 'en' });
    for (const name of names)
      registry.add(name, {
        phrases: [`${name} {n}`],
        slots: { n: number({ max: 100_000 }) },
        risk: name === 'wipe' ? 'high' : name === 'pay' ? 'medium' : 'low',
        confirmBySpeech: name === 'wipe',
        delayable: name !== 'wipe',
        confirm: ({ n }) => `${name} ${String(n)}`,
        speakers: name === 'pay' ? 'known' : (allowed[name] as string[]),
        run: (context) => this.#run(name, context),
      });
    registry.add('back', { phrases: ['back'], run: async ({ undoLast }) => void (await undoLast()) });
    const dispatcher = new Dispatcher({
      config: defaultConfig.dispatch,
      registry,
      journal: new MemoryJournal(100),
      state: { get: () => undefined, set: () => undefined },
      log: () => undefined,
      publish: () => undefined,
    });
    this.#session = dispatcher.open({
      id: 's',
      contexts: new Contexts(registry),
      publish: (body) => this.#prompted(body),
    });
  }

  async step(): Promise<void> {
    const dice = this.#random();
    if (dice < 0.4) this.#give();
    else if (dice < 0.6) this.#tap();
    else if (dice < 0.85) await this.#say();
    else await this.#undo();
    for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
  }

  async end(): Promise<HistoryResult> {
    this.#session.end();
    await Promise.all(this.#pending);
    for (const { id } of this.#session.planned) await this.#session.cancelPlanned(id);
    return this.#result;
  }

  #give(): void {
    const name = this.#one(names);
    const n = this.#given.size + 1;
    const who = this.#random() < 0.6 ? [this.#one(allowed[name]!)] : [this.#one(people)];
    // Some phrases were completed by an answer.
    if (this.#random() < 0.2) who.push(this.#one(people));
    const isAllowed = who.every((person) => allowed[name]!.includes(person));
    this.#given.set(n, { name, n, isAllowed, isAgreed: false, isAnswered: false });
    this.#open = undefined;
    const phrase = `${name} ${n}`;
    const spokenAtMs = performance.now();
    // Those that ask nothing are planned, or take the place of the last one, right away.
    const dice = name === 'open' || name === 'ask' ? this.#random() : 1;
    const corrects = dice < 0.3 ? this.#session.last(spokenAtMs) : undefined;
    if (corrects) this.#undoing = who;
    const running = this.#session.run(
      {
        command: name,
        args: { n },
        score: 0.6,
        via: 'exact',
        phrase,
        candidates: [],
        ...(dice >= 0.3 && dice < 0.5 ? { delay: { ...inAnHour, phrase } } : {}),
      },
      {
        language: 'en',
        spokenAtMs,
        voices: who.map((person) => this.#voice(person)),
        ...(corrects ? { corrects } : {}),
      },
    );
    this.#pending.push(running.then(({ status }) => this.#ended(status, { phrase, isAllowed })));
  }

  #ended(status: string, { phrase, isAllowed }: { phrase: string; isAllowed: boolean }): void {
    if (status === 'planned') this.#check(isAllowed, `${phrase} was planned`);
    if (status !== 'done' && status !== 'planned') this.#result.others++;
  }

  #tap(): void {
    if (!this.#open) return;
    const { given, promptId } = this.#open;
    const text = this.#one(['yes', 'yes', 'no', 'this one']);
    if (given.name === 'wipe' && text === 'yes') given.isAgreed = true;
    this.#session.answer(promptId, text);
  }

  async #say(): Promise<void> {
    const person = this.#one(people);
    const voice = this.#voice(person);
    const text = this.#one(['yes', 'do it', 'no', 'this one']);
    if (this.#open && allowed[this.#open.given.name]!.includes(person)) {
      if (this.#open.kind === 'ask') this.#open.given.isAnswered = true;
      else if (text === 'yes' || text === 'do it') this.#open.given.isAgreed = true;
    }
    // As in a session, an answer waits until it is known whose voice it is, if that matters; or was nobody's business.
    if (this.#session.needsVoice && this.#random() < 0.9) await voice?.heard;
    const nowMs = performance.now();
    const speech = { startedAtMs: nowMs, confidence: 0.9, ...(voice ? { voice } : {}) };
    this.#session.answerSpoken({ text, spokenAtMs: nowMs, ...(this.#random() < 0.9 ? { speech } : {}) });
  }

  async #undo(): Promise<void> {
    this.#undoing = this.#random() < 0.3 ? [] : [this.#one(people)];
    const voices = this.#undoing.map((person) => this.#voice(person));
    if (this.#random() < 0.5) await this.#session.undoLast(voices).catch(() => undefined);
    else {
      this.#open = undefined;
      const match = { command: 'back', args: {}, score: 1, via: 'exact', phrase: 'back' } as const;
      await this.#session.run({ ...match, candidates: [] }, { language: 'en', spokenAtMs: performance.now(), voices });
    }
  }

  #prompted(body: EventBody): void {
    if (body.type !== 'prompt' || body.kind === 'say') return;
    const n = Number(/\d+$/.exec(body.text)![0]);
    this.#open = { given: this.#given.get(n)!, promptId: body.prompt_id, kind: body.kind };
  }

  async #run(name: string, { args, ask }: CommandContext): Promise<{ undo: () => void }> {
    const given = this.#given.get(args['n'] as number)!;
    this.#result.runs++;
    this.#check(given.isAllowed, `${name} ${given.n} ran`);
    if (name === 'pay' || name === 'wipe') this.#check(given.isAgreed, `${name} ${given.n} ran unconfirmed`);
    if (name === 'ask') {
      await ask(`Which one for ${given.n}`);
      this.#check(given.isAnswered, `${name} ${given.n} went on`);
    }
    return {
      undo: () =>
        this.#check(
          this.#undoing.some((person) => allowed[name]!.includes(person)),
          `${name} ${given.n} was taken back`,
        ),
    };
  }

  #check(isRight: boolean, what: string): void {
    if (!isRight) this.#result.violations.push(`${what} without a voice that may`);
  }

  /** The voice of a person, which is known now or in a moment; nobody's is that of something typed. */
  #voice(person: Person): PhraseVoice | undefined {
    if (person === 'nobody') return undefined;
    const heard = heardOf(person);
    let known: HeardVoice | undefined = this.#random() < 0.3 ? heard : undefined;
    return {
      heard: new Promise<void>((resolve) => setImmediate(resolve)).then(() => (known = heard)),
      get known() {
        return known;
      },
    };
  }

  #one<T>(values: readonly T[]): T {
    return values[Math.floor(this.#random() * values.length)]!;
  }
}

function heardOf(person: Person): HeardVoice {
  const scores = ['anna', 'ben'].map((name) => ({ name, score: name === person ? 0.95 : 0.02 }));
  const heard = { seconds: 1, threshold: 0.9, scores: scores.sort((a, b) => b.score - a.score) };
  if (person === 'short') return { ...heard, doubt: { code: 'speech-too-short', reason: 'Too short.' } };
  if (person !== 'several') return heard;
  return {
    ...heard,
    scores: [{ name: 'anna', score: 0.99 }],
    doubt: { code: 'several-voices', reason: 'Several spoke.' },
  };
}
