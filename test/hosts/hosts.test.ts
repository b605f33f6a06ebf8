import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { eventually, patient } from '../patience.ts';
import type { CommandMatch, Speaker } from '../../src/types.ts';
import { command, hostStage } from './stage.ts';

vi.setConfig({ testTimeout: patient(60_000) });

const pid = { 'pid.ts': command('pid', '() => ({ say: String(process.pid) })') };

describe('A command in a process of its own', () => {
  it('gets all that a handler works with', async () => {
    const { say, said, heed, logged } = await hostStage({
      'go.ts': command(
        'go {level}',
        `async ({ args, phrase, key, session, say, state, contexts, commands, signal }) => {
          say('now');
          state.set('level', { to: args.level });
          contexts.enter('gone');
          return { say: JSON.stringify([phrase, typeof key, session.language, state.get('level'), contexts.active,
            commands.map(({ name }) => name), signal.aborted, process.pid !== ${process.pid}]) };
        }`,
        `slots: { level: percent() },`,
      ),
      'come.ts': command('come', `() => ({ say: 'Here.' })`, `contexts: ['gone'],`),
    });
    expect(heed.registry.problems).toEqual([]);
    const event = await say('go 50 percent');
    expect(event).toMatchObject({ type: 'command.completed', args: { level: 50 } });
    const got = JSON.parse((event as { say: string }).say) as unknown;
    expect(got).toEqual(['go 50 percent', 'string', 'en', { to: 50 }, ['gone'], ['go'], false, true]);
    expect(said).toEqual(['now']);
    expect(heed.bus.state().get('level')).toEqual({ to: 50 });
    expect(await say('come')).toMatchObject({ type: 'command.completed', say: 'Here.' });
    expect(logged).toEqual([]);
  });

  it('leaves nothing behind after it has ended, although its process has little to do', async () => {
    const { say } = await hostStage({
      'go.ts': `import { defineCommand } from 'heed';
        const seen: WeakRef<object>[] = [];
        export default defineCommand({ phrases: ['go'], run: (context) => {
          seen.push(new WeakRef(context));
          return { say: String(seen.filter((one) => one.deref()).length) };
        } });`,
    });
    for (let i = 0; i < 249; i++) await say('go');
    expect(Number(((await say('go')) as { say: string }).say)).toBeLessThan(150);
  });

  it('asks, confirms, words its own question, is undone, and undoes the last one', async () => {
    const { heed, say } = await hostStage({
      'note.ts': command(
        'note',
        `async ({ ask, confirm }) => {
          const what = await ask('What?');
          const kind = await ask('Which?', { slot: list(['work', 'home']) });
          return { say: [what, kind, await confirm('Sure?'), await ask('More?').catch((error) => error.code)].join() };
        }`,
      ),
      'wipe.ts': command(
        'wipe {what}',
        `({ args, state }) => {
          state.set('wiped', args.what);
          return { undo: () => state.set('wiped', 'nothing') };
        }`,
        `slots: { what: list(['disk']) }, risk: 'high', confirm: ({ what }) => 'Wipe the ' + what + '?',`,
      ),
      'undo.ts': command('undo', `async ({ undoLast }) => ({ say: JSON.stringify(await undoLast()) })`),
    });
    const answers: Record<string, string> = {
      'What?': 'milk',
      'Which?': 'home',
      'Sure?': 'yes',
      'More?': 'cancel',
      'Wipe the disk?': 'yes',
    };
    const asked: string[] = [];
    heed.on('prompt', ({ text, kind, prompt_id, session_id }) => {
      asked.push(text);
      if (kind === 'say') return;
      setImmediate(() => void sessions.get(session_id)!.answer(prompt_id, answers[text] ?? 'cancel'));
    });
    const session = await heed.openSession({ audio: false });
    const sessions = new Map([[session.id, session]]);
    const said: (string | undefined)[] = [];
    heed.on('command.completed', (event) => said.push(event.say));
    await session.say('note');
    await session.say('wipe disk');
    expect(heed.bus.state().get('wiped')).toBe('disk');
    await session.say('undo');
    expect(heed.bus.state().get('wiped')).toBe('nothing');
    expect(said).toEqual(['milk,home,true,aborted', undefined, '{"command":"wipe","phrase":"wipe disk"}']);
    expect(await say('undo')).not.toHaveProperty('say');
  });

  it('tells the speaker what its author wrote, and the log where any other error was thrown', async () => {
    const { say, logged } = await hostStage({
      'own.ts': command('own', `() => { throw new CommandError('No power.'); }`),
      'bad.ts': command('break it', `() => {\n  throw new Error('broken');\n}`),
    });
    expect(await say('own')).toMatchObject({ type: 'command.failed', code: 'command-failed', message: 'No power.' });
    expect(await say('break it')).toMatchObject({ code: 'internal', message: 'bad failed; the log has the details.' });
    expect(logged).toEqual([expect.stringMatching(/bad failed: Error: broken\n[^\n]*bad\.ts:3/)]);
  });

  it('speaks and sets values after it has returned', async () => {
    const { say, said, heed } = await hostStage({
      'tea.ts': command(
        'tea',
        `({ say, state }) => { setTimeout(() => { state.set('tea', 'ready'); say('Tea is ready.'); }, 20); }`,
      ),
    });
    await say('tea');
    await eventually(() => expect([said, heed.bus.state().get('tea')]).toEqual([['Tea is ready.'], 'ready']));
  });

  it('sees what programs and other commands set, and nothing older than what it has set itself', async () => {
    const { heed, say } = await hostStage({
      'count.ts': command(
        'count',
        `({ state }) => {
          for (let i = 0; i < 50; i++) state.set('n', (state.get('n') ?? 0) + 1);
          return { say: String(state.get('n')) };
        }`,
      ),
    });
    expect(await say('count')).toMatchObject({ say: '50' });
    expect(await say('count')).toMatchObject({ say: '100' });
    heed.bus.publish('heed', { type: 'state', topic: 'n', value: 1_000 });
    expect(await say('count')).toMatchObject({ say: '1050' });
  });
});

/** What a handler may do to its process, and how its command ends. */
const faults: [string, string, object][] = [
  ['ends its process', '() => { process.exit(3); }', { code: 'internal' }],
  ['aborts its process', '() => { process.abort(); }', { code: 'internal' }],
  [
    'is killed',
    `() => { process.kill(process.pid, 'SIGKILL'); return new Promise(() => {}); }`,
    { code: 'worker-lost', message: 'The process that runs the commands has ended: SIGKILL.' },
  ],
  [
    'leaves a rejection to nobody',
    `() => { void Promise.reject(new Error('lost')); return new Promise(() => {}); }`,
    { code: 'internal' },
  ],
  [
    'throws in a timer',
    `() => new Promise(() => setTimeout(() => { throw new Error('late'); }, 5))`,
    { code: 'internal' },
  ],
  ['throws what cannot be read', '() => { throw { get message() { throw 1; } }; }', { code: 'internal' }],
  ['throws a megabyte', `() => { throw new Error('x'.repeat(1e6)); }`, { code: 'internal' }],
  ['returns what cannot be read', `() => new Proxy({}, { get() { throw new Error('no'); } })`, { code: 'internal' }],
  ['says a megabyte', `() => ({ say: 'y'.repeat(3e6) })`, { code: 'too-large' }],
  [
    'goes on saying things',
    `({ say }) => { for (let i = 0; i < 20000; i++) say('line ' + i); return new Promise(() => {}); }`,
    { code: 'too-large' },
  ],
  [
    'goes on setting values',
    `({ state }) => { for (let i = 0; i < 5000; i++) state.set('t' + i, 1); return new Promise(() => {}); }`,
    { code: 'too-large' },
  ],
  ['closes the channel', '() => { process.disconnect(); }', { code: 'internal' }],
];

describe('A handler', () => {
  it('that does anything to its process fails alone, and the next command runs', async () => {
    const { say, heed } = await hostStage({
      ...pid,
      'chaos.ts': `import { defineCommand, list } from 'heed';
        const kinds = [${faults.map(([, run]) => run).join(',\n')}];
        export default defineCommand({
          phrases: ['chaos {kind}'],
          slots: { kind: list(${JSON.stringify(faults.map((_, i) => i))}) },
          run: (context) => kinds[context.args.kind](context),
        });`,
    });
    expect(heed.registry.problems).toEqual([]);
    for (const [i, [kind, , ending]] of faults.entries()) {
      expect([kind, await say(`chaos ${i}`)]).toMatchObject([kind, { type: 'command.failed', ...ending }]);
      expect(await say('pid')).toMatchObject({ type: 'command.completed' });
    }
  });

  it('that computes for ever fails at its time limit, and others run meanwhile and after that', async () => {
    const { heed, say, logged } = await hostStage({
      ...pid,
      'loop.ts': command('loop', '() => { for (;;); }', `timeoutMs: 1_500,`),
    });
    const session = await heed.openSession({ audio: false });
    const failed = new Promise((resolve) => void heed.on('command.failed', resolve));
    void session.say('loop');
    expect(await say('pid')).toMatchObject({ type: 'command.completed' });
    expect(await failed).toMatchObject({ command: 'loop', code: 'timeout' });
    expect(await say('pid')).toMatchObject({ type: 'command.completed' });
    expect(logged.join('\n')).toContain('is replaced');
  });

  it('that fills the memory fails, and values that were set before stay', async () => {
    const { say } = await hostStage(
      {
        'keep.ts': command('keep', `({ state }) => { state.set('kept', 7); }`),
        'show.ts': command('show', `({ state }) => ({ say: String(state.get('kept')) })`),
        'heap.ts': command('heap', '() => { const a = []; for (;;) a.push(new Array(1e5).fill(1)); }'),
      },
      { commands: { memoryMb: 64 } },
    );
    await say('keep');
    expect(await say('heap')).toMatchObject({ code: 'worker-lost', message: expect.stringContaining('memory') });
    expect(await say('show')).toMatchObject({ say: '7' });
  });

  it('that ends its process each time delays no other command', async () => {
    const { say } = await hostStage({
      ...pid,
      'die.ts': command('die', `() => { process.kill(process.pid, 'SIGKILL'); return new Promise(() => {}); }`),
    });
    for (let i = 0; i < 3; i++) {
      expect(await say('die')).toMatchObject({ code: 'worker-lost' });
      expect(await say('pid')).toMatchObject({ type: 'command.completed' });
    }
  });

  it('whose process is gone cannot be undone, and its journal entry says that nobody knows', async () => {
    const { say, heed } = await hostStage({
      'set.ts': command('set', '() => ({ undo: () => undefined })'),
      'die.ts': command('die', `() => { process.kill(process.pid, 'SIGKILL'); return new Promise(() => {}); }`),
      'undo.ts': command('undo', 'async ({ undoLast }) => { await undoLast(); }'),
    });
    expect(await say('set')).toMatchObject({ can_undo: true });
    await say('die');
    expect(await say('undo')).toMatchObject({ code: 'command-failed', message: expect.stringContaining('taken back') });
    expect((await heed.journal.list()).map(({ command: name, status }) => [name, status])).toEqual([
      ['set', 'done'],
      ['die', 'unknown'],
      ['undo', 'failed'],
    ]);
  });
});

describe('A file', () => {
  it('that ends, blocks or fills its process is refused with its line, and all others are loaded', async () => {
    const { heed, say } = await hostStage(
      {
        ...pid,
        'exit.ts': `// The first line.\nprocess.exit(1);\n${command('x', '() => undefined')}`,
        'loop.ts': `for (;;);\n${command('y', '() => undefined')}`,
        'wait.ts': `await new Promise(() => undefined);\n${command('z', '() => undefined')}`,
        'kill.ts': `process.kill(process.pid, 'SIGKILL');\nfor (;;);\n${command('k', '() => undefined')}`,
        'own.ts': `const own = {};\nown.own = own;\nexport default own;`,
      },
      { commands: { loadTimeoutMs: patient(300) } },
    );
    const problems = heed.registry.problems.map(({ command: name, line, message }) => [name, line, message]);
    expect(problems).toEqual([
      ['exit', 2, expect.stringContaining('process.exit() was called')],
      ['kill', 4, expect.stringContaining('SIGKILL')],
      ['loop', 3, expect.stringMatching(/^Loading took longer than/)],
      ['own', 3, expect.stringContaining('contains itself')],
      ['wait', 3, expect.stringMatching(/^Loading took longer than/)],
    ]);
    expect(await say('pid')).toMatchObject({ type: 'command.completed' });
  });

  it('after which its process answers nothing is refused, and all others are loaded', async () => {
    const { heed, say } = await hostStage(
      {
        ...pid,
        'deaf.ts': `process.removeAllListeners('message');\n${command('deaf', '() => undefined')}`,
        'odd.ts': `process.emit('message', { type: 'odd' });\nthrow new Error('odd');`,
        'quiet.ts': `process.removeAllListeners();\n${command('quiet', '() => undefined')}`,
        'busy.ts': `const go = () => process.nextTick(go);\nsetImmediate(go);\n${command('busy', '() => undefined')}`,
      },
      { commands: { loadTimeoutMs: patient(500) } },
    );
    const problems = heed.registry.problems.map(({ command: name, message }) => [name, message]);
    expect(problems).toEqual([
      ['busy', expect.stringMatching(/has not answered since|Loading took longer than/)],
      ['deaf', expect.stringMatching(/^The process that runs the commands has ended: .*the listeners of `process`/)],
      ['odd', expect.any(String)],
      ['quiet', expect.stringMatching(/^The process that runs the commands has ended: /)],
    ]);
    expect(await say('pid')).toMatchObject({ type: 'command.completed' });
  });

  it('that is reloaded is tried in another process first, so that those that run go on', async () => {
    const { heed, say, dir } = await hostStage({ ...pid, 'go.ts': command('go', `() => ({ say: 'old' })`) });
    const before = await say('pid');
    writeFileSync(join(dir, 'bad.ts'), `process.kill(process.pid, 'SIGKILL');\nfor (;;);`);
    writeFileSync(join(dir, 'go.ts'), command('go', `() => ({ say: 'new' })`));
    await heed.registry.load(dir);
    expect(heed.registry.problems).toMatchObject([{ command: 'bad' }]);
    expect(await say('go')).toMatchObject({ say: 'new' });
    expect(await say('pid')).toMatchObject({ say: (before as { say: string }).say });
  });

  it('with a slot of its own has only that slot in this process, which asks it while somebody speaks', async () => {
    const { say } = await hostStage({
      ...pid,
      'plate.ts': command(
        'plate {number}',
        '({ args }) => ({ say: args.number + " " + process.pid })',
        `slots: { number: { ...list(['a 1', 'b 2']), hint: () => 'a plate', key: 'plate' } },`,
      ),
    });
    const { say: host } = (await say('pid')) as { say: string };
    expect(await say('plate b 2')).toMatchObject({ say: `b 2 ${host}` });
  });

  it('may use all of heed', async () => {
    const { say } = await hostStage({
      'all.ts': `import { createHeed, defineCommand } from 'heed';
        export default defineCommand({ phrases: ['all'], run: () => ({ say: typeof createHeed }) });`,
      'cjs.cjs': `const { defineCommand, list } = require('heed');
        module.exports = defineCommand({
          phrases: ['old {a}'], slots: { a: list(['x']) }, run: ({ args }) => ({ say: args.a }),
        });`,
    });
    expect(await say('all')).toMatchObject({ say: 'function' });
    expect(await say('old x')).toMatchObject({ say: 'x' });
  });
});

it('a handler in a process of its own is told whose voice it was', async () => {
  const { heed } = await hostStage({
    'lamp.ts': command('lamp on', 'async ({ speaker }) => ({ say: JSON.stringify(speaker ?? null) })'),
  });
  const dispatched = heed.dispatcher.open({
    id: 'voices',
    contexts: { active: [], enter: () => undefined, leave: () => undefined },
    publish: () => undefined,
  });
  const match: CommandMatch = {
    command: 'lamp',
    args: {},
    score: 1,
    via: 'exact',
    phrase: 'lamp on',
    candidates: [],
  };
  const said = async (segmentId: string, more: { speaker?: Speaker }): Promise<unknown> => {
    const outcome = await dispatched.run(match, { language: 'en', segmentId, spokenAtMs: performance.now(), ...more });
    return outcome.status === 'done' ? outcome.say : outcome;
  };
  expect(await said('s1', { speaker: { id: 'speaker2', score: 0.9 } })).toBe('{"id":"speaker2","score":0.9}');
  expect(await said('s2', {})).toBe('null');
});
