import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HeedEvent } from '../../src/events/event.ts';
import { JournalThread } from '../../src/journal/journal-thread.ts';
import { list } from '../../src/grammar/index.ts';
import { Registry, type CommandDefinition } from '../../src/registry/index.ts';
import { patient } from '../patience.ts';
import { PlanTime } from './plan-time.ts';
import { Stage } from './stage.ts';

vi.setConfig({ testTimeout: patient(40_000) });

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'heed-plans-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('A journal in a file', () => {
  const run = vi.fn();
  const lights: CommandDefinition = { phrases: ['lights {on}'], slots: { on: list(['off']) }, delayable: true, run };
  let time: PlanTime;
  let starts = 0;
  const open: Stage[] = [];
  beforeEach(() => {
    run.mockReset();
    time = new PlanTime();
  });
  afterEach(async () => {
    for (const stage of open.splice(0)) await stop(stage);
  });

  /** Starts heed as another process would: the one before is gone. */
  async function start(commands: Record<string, CommandDefinition> = { lights }): Promise<Stage> {
    starts++;
    const journal = new JournalThread({ path: join(dir, 'journal.db'), max: 100, owner: `999999999:${starts}` });
    const stage = new Stage(commands, {}, { planClock: time, journal });
    await stage.dispatcher.planner.resume();
    open.push(stage);
    return stage;
  }
  const stop = async (stage: Stage): Promise<void> => {
    await stage.dispatcher.close();
    await stage.journal.close();
  };
  const plan = async (stage: Stage, moment: object): Promise<string> => {
    const delay = { moment: JSON.stringify(moment), words: 'then', phrase: 'lights off' };
    const outcome = await stage.run('lights', { args: { on: 'off' }, delay });
    if (outcome.status !== 'planned') throw new Error(JSON.stringify(outcome));
    expect(outcome.isKept).toBe(true);
    return outcome.plannedId;
  };
  /** Time passes, and what is written to the file is written. */
  const pass = async (stage: Stage, ms: number): Promise<void> => {
    await time.pass(ms);
    await stage.journal.list();
    await time.pass(0);
    await stage.journal.list();
    await time.pass(0);
  };
  const inTen = { wait: 600 };
  const atSix = { time: { minutes: 360, isFixed: false } };

  it('keeps what is planned, and it runs once, as it was planned', async () => {
    const first = await start();
    const id = await plan(first, inTen);
    await stop(first);
    time.sleep(4 * minuteMs);
    const second = await start();
    expect(second.dispatcher.planner.list()).toMatchObject([
      { id, command: 'lights', args: { on: 'off' }, isKept: true },
    ]);
    await pass(second, 5 * minuteMs);
    expect(run).not.toHaveBeenCalled();
    await pass(second, minuteMs + 1_000);
    expect(run).toHaveBeenCalledOnce();
    expect(run.mock.calls[0]![0]).toMatchObject({ key: id, args: { on: 'off' }, session: { id: 's', language: 'en' } });
    expect(second.events).toMatchObject([{ type: 'command.completed', planned_id: id }]);
    await stop(second);
    const third = await start();
    expect(third.dispatcher.planner.list()).toEqual([]);
    await pass(third, hourMs);
    expect(run).toHaveBeenCalledOnce();
    expect(await third.journal.list()).toMatchObject([{ key: id, status: 'done', plan: { waitMs: 600_000 } }]);
  });

  it('keeps what was called off from coming back', async () => {
    const first = await start();
    await first.dispatcher.planner.cancel(await plan(first, inTen));
    await stop(first);
    const second = await start();
    expect(second.dispatcher.planner.list()).toEqual([]);
    expect(await second.journal.list()).toMatchObject([{ status: 'cancelled' }]);
  });

  it.each([
    ['just now', 30_000, 'command.completed'],
    ['long ago', 90_000, 'command.missed'],
  ])('while heed was down, what was due %s is told as it ends', async (_, lateMs, type) => {
    const first = await start();
    await plan(first, inTen);
    await plan(first, { time: { minutes: 17 * 60 + 40, second: 20, isFixed: true } });
    await stop(first);
    time.sleep(10 * minuteMs + lateMs);
    const second = await start();
    await pass(second, 1_000);
    expect(second.events.map((event) => event.type)).toEqual([type, type]);
    const status = type === 'command.missed' ? 'missed' : 'done';
    expect((await second.journal.list()).map((entry) => entry.status)).toEqual([status, status]);
    expect(run).toHaveBeenCalledTimes(type === 'command.missed' ? 0 : 2);
  });

  it('cannot tell how long a wait has been if the clock was set back meanwhile, so it is missed', async () => {
    const first = await start();
    await plan(first, inTen);
    await plan(first, atSix);
    await stop(first);
    time.set(-hourMs);
    const second = await start();
    await pass(second, 1_000);
    expect(second.events).toMatchObject([{ type: 'command.missed', reason: 'The clock was set back meanwhile.' }]);
    await pass(second, 91 * minuteMs);
    expect(run).toHaveBeenCalledOnce();
  });

  it.each<[string, Record<string, CommandDefinition>, RegExp]>([
    ['is gone', {}, /The command lights no longer exists/],
    [
      'has another handler',
      { lights: { ...lights, run: () => ({ say: 'Other.' }) } },
      /has changed since it was planned/,
    ],
    ['has another value', { lights: { ...lights, slots: { on: list(['off', 'dim']) } } }, /has changed since/],
    ['has become risky', { lights: { ...lights, risk: 'medium' } }, /has changed since/],
    ['is not for later any more', { lights: { ...lights, delayable: false } }, /has changed since/],
  ])('runs nothing if the command %s when it is due', async (_, commands, reason) => {
    const first = await start();
    const id = await plan(first, inTen);
    await stop(first);
    const second = await start(commands);
    await pass(second, 11 * minuteMs);
    expect(run).not.toHaveBeenCalled();
    const refused = { type: 'command.refused', planned_id: id, reason: expect.stringMatching(reason) as string };
    expect(second.events).toMatchObject([refused]);
    expect(await second.journal.list()).toMatchObject([{ key: id, status: 'refused' }]);
  });

  it('leaves what a process that is alive has planned to that process', async () => {
    const mine = new JournalThread({ path: join(dir, 'journal.db'), max: 100, owner: `${process.ppid}:1` });
    const entry = { key: 'k', sessionId: 's', command: 'lights', phrase: 'lights off', args: {} };
    await mine.plan({ ...entry, plan: { due: new Date().toISOString(), language: 'en', version: '' } });
    const other = await start();
    expect(other.dispatcher.planner.list()).toEqual([]);
    expect(await other.journal.begin(entry)).toBe(false);
    expect(await other.journal.unplan('k', 'cancelled', 'No.')).toBe(false);
    expect(await mine.begin(entry)).toBe(true);
    expect(await mine.begin(entry)).toBe(false);
    await mine.close();
  });

  it('drops and forgets nothing that is planned', async () => {
    const first = await start();
    await plan(first, atSix);
    for (let i = 0; i < 110; i++) await first.run('lights', { args: { on: 'off' } });
    expect(await first.journal.purge()).toBe(100);
    expect(await first.journal.list()).toMatchObject([{ status: 'planned' }]);
  });
});

it('A command of the program has another version when anything of it is written in another way', () => {
  const versionOf = (more: Partial<CommandDefinition>): string => {
    const registry = new Registry({ language: 'en' });
    registry.add('c', { phrases: ['c'], run: () => undefined, ...more });
    return registry.get('c')!.version;
  };
  const versions = [{}, { phrases: ['d'] }, { risk: 'medium' as const }, { run: () => ({}) }, { timeoutMs: 1 }].map(
    versionOf,
  );
  expect(new Set(versions).size).toBe(versions.length);
  expect(versionOf({})).toBe(versions[0]);
});

describe('A process that is killed', () => {
  const script = join(import.meta.dirname, 'planning-process.ts');
  let child: ChildProcess | undefined;
  afterEach(() => child?.kill('SIGKILL'));

  /** A heed in a process of its own, with its command files and its journal in the folder. */
  async function startProcess(options: { maxLateMs?: number } = {}) {
    const events: HeedEvent[] = [];
    const logged: string[] = [];
    const started = fork(script, [dir, JSON.stringify(options)], {
      execArgv: ['--import', import.meta.resolve('tsx')],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child = started;
    started.on('message', (message: { event?: HeedEvent; log?: string }) => {
      if (message.event) events.push(message.event);
      if (message.log !== undefined) logged.push(message.log);
    });
    await vi.waitUntil(() => logged.includes('ready'), { timeout: patient(20_000) });
    const until = <T extends HeedEvent['type']>(type: T): Promise<Extract<HeedEvent, { type: T }>> =>
      vi.waitUntil(() => events.find((event): event is Extract<HeedEvent, { type: T }> => event.type === type), {
        timeout: patient(20_000),
      });
    return {
      events,
      logged,
      until,
      say: (text: string) => started.send(text),
      kill: async () => {
        const exit = once(started, 'exit');
        started.kill('SIGKILL');
        await exit;
      },
    };
  }
  const effects = (): string[] => readFileSync(join(dir, 'effects'), 'utf8').split('\n').filter(Boolean);
  const write = (work: string): void =>
    writeFileSync(
      join(dir, 'commands', 'work.mjs'),
      `import { appendFileSync } from 'node:fs';
      import { defineCommand } from 'heed';
      export default defineCommand({
        phrases: ['do the work'],
        delayable: true,
        async run({ key }) { ${work} },
      });`,
    );
  const note = `appendFileSync(${JSON.stringify('EFFECTS')}, key + '\\n');`;
  beforeEach(() => {
    mkdirSync(join(dir, 'commands'));
    writeFileSync(join(dir, 'effects'), '');
  });
  const effect = (): string => note.replace('EFFECTS', join(dir, 'effects'));
  const untilDue = ({ due }: { due: string }): Promise<unknown> =>
    new Promise((resolve) => setTimeout(resolve, Math.max(0, Date.parse(due) - Date.now()) + 50));

  it('before a command is due runs it once when it is started again', async () => {
    write(effect());
    const first = await startProcess();
    first.say('do the work in two seconds');
    const { planned_id } = await first.until('command.planned');
    await first.kill();
    const second = await startProcess();
    expect(await second.until('command.completed')).toMatchObject({ planned_id, session_id: 'heed' });
    await second.kill();
    expect(effects()).toEqual([planned_id]);
    const third = await startProcess();
    third.say('what is planned');
    expect(await third.until('prompt')).toMatchObject({ text: 'Nothing is planned.' });
    expect(effects()).toEqual([planned_id]);
  });

  it('while a planned command runs says that nobody knows what it has done, and does not run it again', async () => {
    write(`${effect()} await new Promise(() => setInterval(() => {}, 1000));`);
    const first = await startProcess();
    first.say('do the work in one second');
    const { planned_id } = await first.until('command.planned');
    await vi.waitUntil(() => effects().length === 1, { timeout: patient(20_000) });
    await first.kill();
    const second = await startProcess();
    expect(second.logged.join()).toMatch(/work was running .*nobody knows what it has done.*not run again/);
    second.say('what is planned');
    await second.until('prompt');
    expect(effects()).toEqual([planned_id]);
  });

  it('for too long tells what it has missed', async () => {
    write(effect());
    const first = await startProcess();
    first.say('do the work in one second');
    const planned = await first.until('command.planned');
    await first.kill();
    await untilDue(planned);
    const second = await startProcess({ maxLateMs: 0 });
    expect(await second.until('command.missed')).toMatchObject({
      planned_id: planned.planned_id,
      phrase: 'do the work',
    });
    expect(second.logged.join()).toMatch(/work was planned for .* and does not run/);
    expect(effects()).toEqual([]);
  });

  it('runs nothing when the file of the command is another one by then', async () => {
    write(effect());
    const first = await startProcess();
    first.say('do the work in two seconds');
    await first.until('command.planned');
    await first.kill();
    write(`${effect()} // This is another version.\n return { say: 'Other.' };`);
    const second = await startProcess();
    expect(await second.until('command.refused')).toMatchObject({
      reason: 'The command work has changed since it was planned; please say it again.',
    });
    expect(effects()).toEqual([]);
  });
});
