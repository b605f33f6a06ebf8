import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hashPin } from '../../src/config/index.ts';
import { readPin, resemblesPin } from '../../src/dispatch/index.ts';
import { list } from '../../src/grammar/index.ts';
import { Registry, type CommandContext, type CommandDefinition } from '../../src/registry/index.ts';
import type { CommandMatch } from '../../src/types.ts';
import { Stage } from './stage.ts';

const pin = await hashPin('4711');

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const tick = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
const wipeOf = (more: Partial<CommandDefinition> = {}): { run: ReturnType<typeof vi.fn>; wipe: CommandDefinition } => {
  const run = vi.fn(() => undefined);
  return { run, wipe: { phrases: ['wipe {what}'], slots: { what: list(['photos']) }, risk: 'high', run, ...more } };
};
/** Answers the last prompt as a button or the field below the question does. */
const tap = (stage: Stage, text = 'yes'): boolean => stage.session().answer(stage.prompt.prompt_id, text);
/** The hash is computed on another thread, whose end no fake timer brings. */
const computed = async (what: () => boolean): Promise<void> => {
  vi.useRealTimers();
  await vi.waitUntil(what, { timeout: 10_000 });
};

describe('A command of high risk', () => {
  it.each<[string, (stage: Stage) => unknown]>([
    ['spoken clearly', (stage) => stage.speak('Yes, do it.', { startedAtMs: performance.now() })],
    ['typed as a phrase', (stage) => stage.answer('yes')],
  ])('does not run on a yes that is %s, and runs on a tap', async (_, answer) => {
    const { run, wipe } = wipeOf();
    const stage = new Stage({ wipe });
    const running = stage.run('wipe');
    await vi.advanceTimersByTimeAsync(5_000);
    answer(stage);
    await tick();
    expect(run).not.toHaveBeenCalled();
    expect(stage.prompt.text).toBe('Please confirm it on the screen. Did you mean “wipe please”?');
    expect(tap(stage)).toBe(true);
    expect(await running).toMatchObject({ status: 'done' });
  });

  it.each<CommandMatch['via']>(['near', 'dialog', 'model'])(
    'that was understood by way of “%s” asks nothing',
    async (via) => {
      const { run, wipe } = wipeOf();
      const stage = new Stage({ wipe });
      expect(await stage.run('wipe', { via })).toMatchObject({
        status: 'refused',
        reason: 'wipe runs only if it is said in full; please say all of it.',
      });
      expect([stage.prompts, run.mock.calls]).toEqual([[], []]);
    },
  );

  it('runs with the arguments that were asked about, whatever its question does with them', async () => {
    const ran: unknown[] = [];
    const { wipe } = wipeOf({
      confirm: (args) => {
        const { what } = args as { what: string };
        (args as { what: string }).what = 'videos';
        return `All ${what}?`;
      },
      run: ({ args }: CommandContext) => {
        ran.push(args);
      },
    });
    const stage = new Stage({ wipe });
    const running = stage.run('wipe', { args: { what: 'photos' } });
    await tick();
    expect(stage.prompt.text).toBe('All photos?');
    tap(stage);
    await running;
    expect(ran).toEqual([{ what: 'photos' }]);
  });
});

describe('A yes', () => {
  const changes: [
    string,
    (changing: { registry: ChangingRegistry; stage: Stage; off: Set<string> }) => void,
    RegExp,
  ][] = [
    ['after the command was loaded again', ({ registry }) => registry.replace('wipe', wipeOf().wipe), /has changed/],
    ['after the command was removed', ({ registry }) => registry.replace('wipe', undefined), /no longer exists/],
    ['after the command was switched off', ({ off }) => off.add('wipe'), /is switched off/],
    ['after a context was entered', ({ stage }) => stage.contexts.enter('night'), /contexts have changed/],
  ];
  const ways: [string, (stage: Stage) => unknown][] = [
    ['a tap', (stage) => tap(stage)],
    ['a spoken one', (stage) => stage.speak('Yes.')],
    ['a typed one', (stage) => stage.answer('yes')],
  ];

  it.each(changes.flatMap((change) => ways.map((way) => [way[0], change[0], way[1], change[1], change[2]] as const)))(
    '%s %s runs nothing, and says why',
    async (_way, _change, answer, change, reason) => {
      const { run, wipe } = wipeOf({ confirmBySpeech: true });
      const night: CommandDefinition = { phrases: ['night'], contexts: ['night'], run: () => undefined };
      const registry = new ChangingRegistry({ wipe, night });
      const off = new Set<string>();
      const stage = new Stage(registry, {}, { isActive: (name) => !off.has(name) });
      const running = stage.run('wipe');
      await vi.advanceTimersByTimeAsync(5_000);
      change({ registry, stage, off });
      answer(stage);
      expect(await running).toMatchObject({ status: 'refused', reason: expect.stringMatching(reason) });
      expect(run).not.toHaveBeenCalled();
      expect(stage.session().isAsking).toBe(false);
    },
  );

  it('counts although another command was loaded again', async () => {
    const { run, wipe } = wipeOf();
    const registry = new ChangingRegistry({ wipe, other: { phrases: ['other'], run: () => undefined } });
    const stage = new Stage(registry);
    const running = stage.run('wipe');
    await tick();
    registry.replace('other', { phrases: ['other'], run: () => undefined });
    tap(stage);
    expect(await running).toMatchObject({ status: 'done' });
    expect(run).toHaveBeenCalledOnce();
  });

  it('to a suggestion of low risk runs nothing either once the command has changed', async () => {
    const registry = new ChangingRegistry({ lamp: { phrases: ['lamp'], run: () => undefined } });
    const stage = new Stage(registry);
    const match: CommandMatch = { command: 'lamp', args: {}, score: 0.7, via: 'near', phrase: 'lamp', candidates: [] };
    const asked = stage.session().questions.suggest('en', match, () => undefined);
    registry.replace('lamp', { phrases: ['lamp'], run: () => undefined });
    tap(stage);
    expect(await asked).toMatchObject({ isMeant: false, reason: expect.stringContaining('has changed') });
  });

  it('to words that may belong to another command is given to a question that names the command', async () => {
    const registry = new ChangingRegistry({ 'music/play': { phrases: ['play'], run: () => undefined } });
    const stage = new Stage(registry);
    const phrase = 'play the lamp';
    const match: CommandMatch = { command: 'music/play', args: {}, score: 1, via: 'exact', phrase, candidates: [] };
    const asked = stage.session().questions.suggest('en', match, () => undefined);
    await tick();
    expect(stage.prompts.at(-1)).toMatchObject({ text: 'Did you mean “music/play: play the lamp”?' });
    tap(stage);
    expect(await asked).toMatchObject({ isMeant: true });
  });
});

describe('A PIN', () => {
  it.each([
    ['4711', 'en', '4711'],
    ['Four seven one one.', 'en', '4711'],
    ['47-11', 'en', '4711'],
    ['forty seven eleven', 'en', '4711'],
    ['4, 7, 1, 1 please', 'en', undefined],
    ['vier sieben elf', 'de', '4711'],
    ['siebenundvierzig elf', 'de', '4711'],
    ['quarante-sept onze', 'fr', '4711'],
    ['cuatro siete once', 'es', '4711'],
    ['one two three', 'en', undefined],
    ['1234567890123', 'en', undefined],
    ['yes', 'en', undefined],
    ['', 'en', undefined],
  ])('%j in %s is %s', (text, language, digits) => {
    expect(readPin(text, language)).toBe(digits);
  });

  it('that was misheard is told from a command', () => {
    expect(
      ['four seven won one', '47', 'turn the light to five', 'yes', ''].map((text) => resemblesPin(text, 'en')),
    ).toEqual([true, true, false, false, false]);
  });

  it.each<[string, (stage: Stage) => unknown]>([
    ['spoken', (stage) => stage.speak('Four seven one one.')],
    ['typed into its field', (stage) => tap(stage, '4711')],
    ['typed as a phrase', (stage) => stage.answer('4711')],
  ])('that is %s confirms, and is in no event, no log and no outcome', async (_, answer) => {
    const { run, wipe } = wipeOf();
    const stage = new Stage({ wipe }, { pin });
    const running = stage.run('wipe');
    await tick();
    expect([stage.prompt.pin, stage.session().isSecret]).toEqual(['accepted', true]);
    answer(stage);
    vi.useRealTimers();
    expect(await running).toMatchObject({ status: 'done' });
    expect(run).toHaveBeenCalledOnce();
    expect(JSON.stringify([stage.prompts, stage.logged, await stage.journal.list()])).not.toContain('4711');
  });

  it('that is wrong three times is taken no more, whatever session it comes from, but a tap still is', async () => {
    const { run, wipe } = wipeOf();
    const stage = new Stage({ wipe }, { pin });
    const running = stage.run('wipe');
    await tick();
    for (let n = 1; n <= 3; n++) {
      tap(stage, '0000');
      await computed(() => stage.prompts.length === n + 1);
      expect(stage.prompt.text).toBe('That is not the PIN. Did you mean “wipe please”?');
    }
    expect([stage.prompts[2]!.pin, stage.prompts[3]!.pin, stage.session().isSecret]).toEqual([
      'accepted',
      undefined,
      false,
    ]);
    expect(stage.answer('4711')).toBe(false);
    const other = stage.run('wipe', {}, { sessionId: 'other' });
    await vi.waitUntil(() => stage.prompts.length === 5);
    expect(stage.prompt.pin).toBeUndefined();
    stage.session('other').end();
    await other;
    expect(run).not.toHaveBeenCalled();
    stage.session().answer(stage.prompts[3]!.prompt_id, 'yes');
    expect(await running).toMatchObject({ status: 'done' });
  });

  it('can be tried again after a while', async () => {
    const { wipe } = wipeOf({ pin: true });
    const stage = new Stage({ wipe }, { pin });
    for (let n = 0; n < 3; n++) {
      const before = stage.prompts.length;
      const running = stage.run('wipe');
      if (n === 0) await tick();
      await vi.waitUntil(() => stage.prompts.length > before);
      tap(stage, '1111');
      await computed(() => stage.prompts.length > before + 1 || stage.session().isAsking === false);
      stage.session().answer(stage.prompt.prompt_id, 'no');
      await running;
    }
    expect(await stage.run('wipe')).toMatchObject({ status: 'refused', reason: expect.stringContaining('too often') });
  });

  it('that a command demands is not replaced by a tap, and without one the command cannot run', async () => {
    const { run, wipe } = wipeOf({ pin: true });
    const stage = new Stage({ wipe }, { pin });
    const running = stage.run('wipe');
    await tick();
    expect(stage.prompt.pin).toBe('required');
    tap(stage);
    expect(stage.prompt.text).toBe('Please say or type the PIN. Did you mean “wipe please”?');
    tap(stage, 'no');
    expect(await running).toMatchObject({ status: 'refused', reason: 'The speaker said no.' });
    const without = new Stage({ wipe });
    expect(await without.run('wipe')).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining('dispatch.pin'),
    });
    expect(run).not.toHaveBeenCalled();
  });

  it('that was misheard is asked for again instead of being tried as a command', async () => {
    const { wipe } = wipeOf();
    const stage = new Stage({ wipe }, { pin });
    const running = stage.run('wipe');
    await tick();
    expect(stage.speak('Four seven won one.')).toBe('answer');
    expect(stage.prompt.text).toContain('Please say or type the PIN.');
    stage.session().end();
    await running;
  });
});

it.each<[string, Partial<CommandDefinition>, RegExp]>([
  ['confirmBySpeech', { confirmBySpeech: true }, /confirmBySpeech: only a command with risk: 'high' needs it/],
  ['pin', { risk: 'medium', pin: true }, /pin: only a command with risk: 'high' can have it/],
  ['both', { risk: 'high', confirmBySpeech: true, pin: true }, /a spoken yes cannot be enough/],
])('a command with %s that cannot be is refused when it is loaded', (_, more, message) => {
  const registry = new Registry({ language: 'en' });
  expect(() => registry.add('x', { phrases: ['x'], run: () => undefined, ...more })).toThrow(message);
});

/** A registry whose commands can be loaded again, as the files of a folder are. */
class ChangingRegistry extends Registry {
  #definitions: Record<string, CommandDefinition>;
  #now: Registry;

  constructor(definitions: Record<string, CommandDefinition>) {
    super({ language: 'en' });
    this.#definitions = definitions;
    this.#now = registryOf(definitions);
  }

  /** Loads one command again; the others stay as they are. */
  replace(name: string, definition: CommandDefinition | undefined): void {
    const { [name]: _, ...others } = this.#definitions;
    const before = this.#now.commands;
    this.#definitions = definition ? { ...others, [name]: definition } : others;
    this.#now = registryOf(this.#definitions);
    const kept = this.#now.commands.map((command) =>
      command.name === name ? command : before.find((old) => old.name === command.name)!,
    );
    Object.defineProperty(this.#now, 'commands', { value: kept });
  }

  override get commands(): Registry['commands'] {
    return this.#now.commands;
  }

  override get(name: string): ReturnType<Registry['get']> {
    return this.commands.find((command) => command.name === name);
  }

  override get contexts(): string[] {
    return this.#now.contexts;
  }
}

function registryOf(definitions: Record<string, CommandDefinition>): Registry {
  const registry = new Registry({ language: 'en' });
  for (const [name, definition] of Object.entries(definitions)) registry.add(name, definition);
  return registry;
}
