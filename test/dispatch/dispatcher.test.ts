import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { percent, list } from '../../src/grammar/index.ts';
import { CommandError, type CommandContext } from '../../src/registry/index.ts';
import { Stage } from './stage.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const done = (): undefined => undefined;
const dim = { phrases: ['dim [{room}] [to {level}]', 'dim'], slots: { room: list(['kitchen']), level: percent() } };

describe('A match', () => {
  it('runs its handler with the arguments and reports the result', async () => {
    const run = vi.fn(({ args, phrase, session }: CommandContext) => ({
      say: JSON.stringify([args, phrase, session]),
    }));
    const outcome = await new Stage({ dim: { ...dim, run } }).run('dim', { args: { level: 50 }, phrase: 'dim to 50' });
    expect(outcome).toEqual({
      status: 'done',
      canUndo: false,
      say: '[{"level":50},"dim to 50",{"id":"s","language":"en"}]',
      durationMs: expect.any(Number),
    });
    expect(run).toHaveBeenCalledTimes(1);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['out of range', { level: 101 }, /The arguments do not fit dim: level: /],
    ['of another type', { level: '50' }, /level: /],
    ['no value of the list', { room: 'garage' }, /room: one of kitchen was expected/],
    ['unknown', { colour: 'red' }, /colour/],
  ])('with an argument that is %s runs nothing', async (_, args, reason) => {
    const run = vi.fn(done);
    expect(await new Stage({ dim: { ...dim, run } }).run('dim', { args })).toMatchObject({
      status: 'refused',
      reason: expect.stringMatching(reason),
    });
    expect(run).not.toHaveBeenCalled();
  });

  it('of a command that is gone runs nothing', async () => {
    expect(await new Stage({}).run('gone')).toMatchObject({
      status: 'refused',
      reason: 'The command gone no longer exists.',
    });
  });

  it('whose check itself fails runs nothing', async () => {
    const broken = {
      ...percent(),
      schema: {
        safeParse: () => {
          throw new Error('broken');
        },
      },
    } as never;
    const run = vi.fn(done);
    expect(
      await new Stage({ go: { phrases: ['go {x}'], slots: { x: broken }, run } }).run('go', { args: { x: 1 } }),
    ).toMatchObject({ status: 'failed', code: 'internal' });
    expect(run).not.toHaveBeenCalled();
  });

  it.each([
    ['too long ago', -10_001],
    ['at no time', Number.NaN],
  ])('that was said %s runs nothing', async (_, ageMs) => {
    const run = vi.fn(done);
    const stage = new Stage({ go: { phrases: ['go'], run } });
    expect(await stage.run('go', {}, { spokenAtMs: performance.now() + ageMs })).toMatchObject({ status: 'refused' });
    expect(run).not.toHaveBeenCalled();
    expect(await stage.run('go', {}, { spokenAtMs: performance.now() - 9_999 })).toMatchObject({ status: 'done' });
  });

  it('of the same segment runs once, however often and early it comes', async () => {
    const run = vi.fn(
      () =>
        new Promise<undefined>((resolve) => {
          setTimeout(() => resolve(undefined), 100);
        }),
    );
    const stage = new Stage({ go: { phrases: ['go'], run }, stay: { phrases: ['stay'], run } });
    const outcomes = Promise.all([stage.run('go', {}, { segmentId: '1' }), stage.run('go', {}, { segmentId: '1' })]);
    await vi.advanceTimersByTimeAsync(100);
    expect((await outcomes).map(({ status }) => status)).toEqual(['done', 'refused']);
    expect(await stage.run('go', {}, { segmentId: '1' })).toMatchObject({
      status: 'refused',
      reason: 'This phrase has already been acted on.',
    });
    const others = Promise.all([
      stage.run('stay', {}, { segmentId: '1' }),
      stage.run('go', {}, { segmentId: '1', part: 1 }),
      stage.run('go', {}, { segmentId: '2' }),
      stage.run('go'),
      stage.run('go'),
      stage.run('go', {}, { segmentId: '1', sessionId: 'other' }),
    ]);
    await vi.advanceTimersByTimeAsync(100);
    expect((await others).map(({ status }) => status)).toEqual(Array(6).fill('done'));
  });

  it('is refused while too many handlers of the session run', async () => {
    const stage = new Stage(
      { wait: { phrases: ['wait'], run: () => new Promise<undefined>(() => {}) } },
      { maxRunning: 2 },
    );
    const running = [stage.run('wait'), stage.run('wait')];
    expect(await stage.run('wait')).toMatchObject({
      status: 'refused',
      reason: '2 commands are already running; wait until one of them has finished.',
    });
    const other = stage.run('wait', {}, { sessionId: 'other' });
    await vi.advanceTimersByTimeAsync(0);
    await stage.dispatcher.close();
    expect((await Promise.all([...running, other])).map((outcome) => outcome.status)).toEqual([
      'failed',
      'failed',
      'failed',
    ]);
  });
});

describe('A handler', () => {
  it('that hangs is abandoned, and its signal aborted', async () => {
    let signal: AbortSignal | undefined;
    const stage = new Stage({
      hang: {
        phrases: ['hang'],
        run: (context) => {
          ({ signal } = context);
          return new Promise<undefined>(() => {});
        },
      },
    });
    const outcome = stage.run('hang');
    await vi.advanceTimersByTimeAsync(9_999);
    expect(signal!.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await outcome).toMatchObject({
      status: 'failed',
      code: 'timeout',
      message: 'hang took longer than 10 s.',
      durationMs: 10_000,
    });
    expect(signal!.aborted).toBe(true);
  });

  it('may set its own time', async () => {
    const stage = new Stage({
      hang: { phrases: ['hang'], timeoutMs: 500, run: () => new Promise<undefined>(() => {}) },
    });
    const outcome = stage.run('hang');
    await vi.advanceTimersByTimeAsync(500);
    expect(await outcome).toMatchObject({ code: 'timeout', message: 'hang took longer than 0.5 s.' });
  });

  it('that was abandoned has no more effects', async () => {
    const late: { results: unknown[] } = { results: [] };
    const stage = new Stage({
      slow: {
        phrases: ['slow'],
        contexts: ['one', 'two'],
        timeoutMs: 100,
        async run({ say, state, contexts, ask, confirm, undoLast }) {
          await new Promise((resolve) => {
            setTimeout(resolve, 200);
          });
          say('late');
          state.set('x', 1);
          contexts.enter('two');
          contexts.enter('none');
          contexts.leave('one');
          late.results = await Promise.allSettled([ask('Late?'), confirm('Late?'), undoLast()]);
          return { say: 'late', undo: done };
        },
      },
    });
    stage.contexts.enter('one');
    const outcome = stage.run('slow');
    await vi.advanceTimersByTimeAsync(200);
    expect(await outcome).toMatchObject({ status: 'failed', code: 'timeout' });
    expect([stage.prompts, [...stage.state], stage.contexts.active]).toEqual([[], [], ['one']]);
    expect(late.results).toMatchObject(Array(3).fill({ status: 'rejected', reason: { code: 'timeout' } }));
    const what = ['say', 'state.set', 'contexts.enter', 'contexts.enter', 'contexts.leave'];
    expect(stage.logged).toEqual(
      what.map((name) => expect.stringContaining(`slow: ${name} after the command was stopped`)),
    );
  });

  it('may speak and set state after it has returned', async () => {
    const stage = new Stage({
      timer: {
        phrases: ['timer'],
        run: ({ say, state }) => {
          setTimeout(() => {
            say('Ready.');
            state.set('x', 1);
          }, 60_000);
        },
      },
    });
    await stage.run('timer');
    await vi.advanceTimersByTimeAsync(60_000);
    expect([stage.prompts, stage.state.get('x')]).toMatchObject([
      [{ kind: 'say', text: 'Ready.', command: 'timer' }],
      1,
    ]);
  });

  it.each<[string, () => never, object]>([
    [
      'a CommandError',
      () => {
        throw new CommandError('The printer is off.');
      },
      { code: 'command-failed', message: 'The printer is off.' },
    ],
    [
      'an error',
      () => {
        throw new Error('password=123');
      },
      { code: 'internal', message: 'fail failed; the log has the details.' },
    ],
    [
      'anything',
      () => {
        throw 'password=123' as unknown;
      },
      { code: 'internal', message: 'fail failed; the log has the details.' },
    ],
  ])('that throws %s fails, and says what its author chose to say', async (_, fail, expected) => {
    const stage = new Stage({
      fail: { phrases: ['fail'], run: fail },
      later: { phrases: ['later'], run: async () => fail() },
    });
    expect(await stage.run('fail')).toMatchObject({ status: 'failed', ...expected });
    expect((await stage.run('later')).status).toBe('failed');
    expect(stage.logged.filter((line) => line.includes('password=123'))).toHaveLength(
      'code' in expected && expected.code === 'internal' ? 2 : 0,
    );
  });

  it('that returns something else is reported to its author', async () => {
    const stage = new Stage({ odd: { phrases: ['odd'], run: () => 'text' as never } });
    expect(await stage.run('odd')).toMatchObject({ status: 'failed', code: 'internal' });
    expect(stage.logged[0]).toContain('must return nothing or { say, undo }');
  });

  it('reads copies of the state and writes JSON', async () => {
    const stage = new Stage({
      read: {
        phrases: ['read'],
        run: ({ state }) => {
          state.get<{ list: number[] }>('x')!.list.push(2);
          return { say: JSON.stringify(state.get('x')) };
        },
      },
      write: { phrases: ['write'], run: ({ state }) => state.set('x', { at: new Date(0), no: undefined }) },
      wrong: { phrases: ['wrong'], run: ({ state }) => state.set('x', () => 1) },
    });
    stage.state.set('x', { list: [1] });
    expect(await stage.run('read')).toMatchObject({ say: '{"list":[1]}' });
    await stage.run('write');
    expect(stage.state.get('x')).toEqual({ at: '1970-01-01T00:00:00.000Z' });
    expect(await stage.run('wrong')).toMatchObject({ status: 'failed', code: 'internal' });
  });

  it('can list what else can be said', async () => {
    const stage = new Stage({
      help: {
        phrases: ['help'],
        run: ({ commands }) => ({ say: commands.map(({ name, examples }) => `${name} ${examples.join()}`).join('; ') }),
      },
      lamp: { phrases: { de: ['Lampe an'] }, examples: [{ say: 'Lampe an' }], run: done },
    });
    expect(await stage.run('help')).toMatchObject({ say: 'help ' });
    expect(await stage.run('help', {}, { language: 'de' })).toMatchObject({
      say: 'help ; lamp Lampe an',
    });
  });

  it('can list what can be said in the current contexts, and can switch them', async () => {
    const names = (commands: CommandContext['commands']): string => commands.map(({ name }) => name).join(' ');
    const stage = new Stage({
      help: { phrases: ['help'], run: ({ commands }) => ({ say: names(commands) }) },
      mode: {
        phrases: ['mode'],
        run: (context) => {
          context.contexts.enter('slides');
          context.contexts.enter('music');
          context.contexts.leave('slides');
          context.contexts.leave('slides');
          context.contexts.enter('music');
          return { say: `${context.contexts.active.join()}: ${names(context.commands)}` };
        },
      },
      song: { phrases: ['next song'], contexts: ['music'], run: done },
      slide: { phrases: ['next slide'], contexts: ['slides'], run: done },
    });
    expect(await stage.run('help')).toMatchObject({ say: 'help mode' });
    expect(await stage.run('mode')).toMatchObject({ say: 'music: help mode song' });
    stage.contexts.set(['slides', 'music', 'slides']);
    expect(stage.contexts.active).toEqual(['music', 'slides']);
    expect(await stage.run('help')).toMatchObject({ say: 'help mode song slide' });
  });

  it('that enters a context that no command names fails, and the log lists the known ones', async () => {
    const stage = new Stage({
      mode: {
        phrases: ['mode'],
        run: ({ contexts }) => {
          contexts.enter('musik');
        },
      },
      song: { phrases: ['next song'], contexts: ['music'], run: done },
    });
    expect(await stage.run('mode')).toMatchObject({ status: 'failed', code: 'internal' });
    expect(stage.logged.join()).toContain('No command names the context "musik"; they name "music".');
    expect(stage.contexts.active).toEqual([]);
  });
});

describe('Undo', () => {
  const count = (stage: { value: number }) => ({
    phrases: ['more'],
    run: () => {
      stage.value++;
      return {
        undo: () => {
          stage.value--;
        },
      };
    },
  });
  const undo = {
    phrases: ['undo'],
    run: async ({ undoLast }: CommandContext) => ({ say: (await undoLast())?.phrase ?? 'nothing' }),
  };

  it('takes back the last command, then the one before, each once', async () => {
    const counter = { value: 0 };
    const stage = new Stage({ more: count(counter), undo });
    expect(await stage.run('more', { phrase: 'one' })).toMatchObject({ status: 'done', canUndo: true });
    await stage.run('more', { phrase: 'two' });
    expect([await stage.run('undo'), await stage.run('undo'), await stage.run('undo')]).toMatchObject([
      { say: 'two' },
      { say: 'one' },
      { say: 'nothing' },
    ]);
    expect(counter.value).toBe(0);
  });

  it('covers only its own session, and a limited number of commands', async () => {
    const stage = new Stage({ more: count({ value: 0 }), undo }, { maxUndo: 2 });
    for (const phrase of ['one', 'two', 'three']) await stage.run('more', { phrase });
    expect(await stage.run('undo', {}, { sessionId: 'other' })).toMatchObject({ say: 'nothing' });
    expect([await stage.run('undo'), await stage.run('undo'), await stage.run('undo')]).toMatchObject([
      { say: 'three' },
      { say: 'two' },
      { say: 'nothing' },
    ]);
  });

  it('can be asked for without a command, and has a time limit', async () => {
    const counter = { value: 0 };
    const slow = { phrases: ['slow'], run: () => ({ undo: () => new Promise<void>(() => undefined) }) };
    const stage = new Stage({ more: count(counter), slow }, { timeoutMs: 1_000 });
    await stage.run('more', { phrase: 'one' });
    await stage.run('slow');
    const stuck = expect(stage.session().undoLast()).rejects.toMatchObject({ code: 'timeout' });
    await vi.advanceTimersByTimeAsync(1_001);
    await stuck;
    expect(await stage.session().undoLast()).toEqual({ command: 'more', phrase: 'one' });
    expect(await stage.session().undoLast()).toBeUndefined();
    expect(counter.value).toBe(0);
  });

  it('that fails is reported like any failure, and does not block earlier commands', async () => {
    const stage = new Stage({
      more: count({ value: 0 }),
      undo,
      stuck: {
        phrases: ['stuck'],
        run: () => ({
          undo: () => {
            throw new CommandError('Stuck.');
          },
        }),
      },
    });
    await stage.run('more');
    await stage.run('stuck');
    expect([await stage.run('undo'), await stage.run('undo')]).toMatchObject([
      { status: 'failed', message: 'Stuck.' },
      { say: 'more please' },
    ]);
  });
});

describe('The journal', () => {
  it('holds the last commands and how they ended', async () => {
    const stage = new Stage({ go: { phrases: ['go'], run: done } }, { maxJournal: 2 });
    await stage.run('go');
    await stage.run('gone', { args: { x: 1 } }, { segmentId: '7' });
    await stage.run('go');
    expect(await stage.journal.list()).toMatchObject([
      {
        command: 'gone',
        phrase: 'gone please',
        args: { x: 1 },
        sessionId: 's',
        segmentId: '7',
        outcome: { status: 'refused' },
        time: expect.stringMatching(/^\d{4}-/),
      },
      { command: 'go', outcome: { status: 'done' } },
    ]);
  });

  it('has a command before its handler starts, which gets the key of its entry', async () => {
    const seen: unknown[] = [];
    const stage: Stage = new Stage({
      go: {
        phrases: ['go'],
        run: async ({ key }) => {
          seen.push(key, ...(await stage.journal.list()).map((entry) => [entry.key, entry.status]));
        },
      },
    });
    await stage.run('go');
    expect(seen).toEqual([expect.any(String), [seen[0], 'running']]);
    expect(await stage.journal.list()).toMatchObject([{ key: seen[0], status: 'done' }]);
  });

  it('gives the parts of a segment different keys, and typed phrases too', async () => {
    const stage = new Stage({ go: { phrases: ['go'], run: done } });
    for (const part of [0, 1]) await stage.run('go', {}, { segmentId: '7', part });
    for (let i = 0; i < 2; i++) await stage.run('go');
    expect(new Set((await stage.journal.list()).map(({ key }) => key)).size).toBe(4);
  });

  it('lets a command with a key of its own run once, even after a restart', async () => {
    const run = vi.fn(done);
    const stage = new Stage({ go: { phrases: ['go'], run } });
    expect(await stage.run('go', {}, { key: 'k' })).toMatchObject({ status: 'done' });
    expect(await stage.run('go', {}, { key: 'k', sessionId: 'other' })).toMatchObject({
      status: 'refused',
      reason: 'This has already been acted on.',
    });
    expect(run).toHaveBeenCalledTimes(1);
    expect((await stage.journal.list()).map(({ status }) => status)).toEqual(['done', 'refused']);
  });

  it('that takes too long to write runs nothing', async () => {
    const run = vi.fn(done);
    const stage = new Stage({ go: { phrases: ['go'], run } });
    vi.spyOn(stage.journal, 'begin').mockImplementation(async () => {
      await vi.advanceTimersByTimeAsync(10_001);
      return true;
    });
    expect(await stage.run('go')).toMatchObject({ status: 'refused', reason: expect.stringContaining('10.0 s') });
    expect(run).not.toHaveBeenCalled();
  });

  it('that cannot be written stops no command, and the log tells it', async () => {
    const stage = new Stage({ go: { phrases: ['go'], run: done } });
    vi.spyOn(stage.journal, 'begin').mockRejectedValue(new Error('disk full'));
    vi.spyOn(stage.journal, 'end').mockRejectedValue(new Error('disk full'));
    expect(await stage.run('go')).toMatchObject({ status: 'done' });
    expect(stage.logged).toEqual(Array(2).fill('The journal cannot be written: disk full'));
  });
});

describe('The end', () => {
  it('of a session lets running commands finish, and lets no other begin', async () => {
    const stage = new Stage({
      slow: {
        phrases: ['slow'],
        run: ({ say }) =>
          new Promise<undefined>((resolve) => {
            setTimeout(() => {
              say('Done.');
              resolve(undefined);
            }, 100);
          }),
      },
      ask: { phrases: ['ask'], run: async ({ ask }) => ({ say: await ask('What?') }) },
    });
    const [slow, ask] = [stage.run('slow'), stage.run('ask')];
    await vi.advanceTimersByTimeAsync(0);
    stage.session().end();
    expect(await ask).toMatchObject({ status: 'refused', reason: 'The session has ended.' });
    await vi.advanceTimersByTimeAsync(100);
    expect(await slow).toMatchObject({ status: 'done' });
    expect(stage.prompts.map(({ text }) => text)).toEqual(['What?']);
    expect(await stage.run('slow')).toMatchObject({ status: 'refused', reason: 'The session has ended.' });
    expect(stage.answer('yes')).toBe(false);
  });

  it('of heed stops everything, and may be called twice', async () => {
    let signal: AbortSignal | undefined;
    const stage = new Stage({
      hang: {
        phrases: ['hang'],
        run: (context) => {
          ({ signal } = context);
          return new Promise<undefined>(() => {});
        },
      },
      risky: { phrases: ['risky'], risk: 'high', run: done },
    });
    const running = [stage.run('risky'), stage.run('hang')];
    await vi.advanceTimersByTimeAsync(0);
    await Promise.all([stage.dispatcher.close(), stage.dispatcher.close()]);
    expect(await Promise.all(running)).toMatchObject([{ status: 'refused' }, { status: 'failed', code: 'closed' }]);
    expect(signal!.aborted).toBe(true);
    expect(await stage.run('hang')).toMatchObject({ status: 'refused', reason: 'heed is closing.' });
  });
});
