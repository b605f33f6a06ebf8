import { describe, expect, it, vi, type Mock } from 'vitest';
import type { EventBody } from '../../src/events/event.ts';
import { list } from '../../src/grammar/index.ts';
import { CommandError, type CommandContext, type CommandDefinition } from '../../src/registry/index.ts';
import type { CommandOutcome, Delay } from '../../src/types.ts';
import { PlanTime, settled } from './plan-time.ts';
import { Stage } from './stage.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** "In ten minutes", in words and as the grammar gives it. */
const wait = (minutes: number): Delay => ({
  moment: JSON.stringify({ wait: minutes * 60 }),
  words: `in ${minutes} minutes`,
  phrase: 'lights off',
});
/** "At six", or another full hour. */
const at = (hour: number, day?: number): Delay => ({
  moment: JSON.stringify({
    time: { minutes: hour * 60, isFixed: hour > 12 },
    ...(day === undefined ? {} : { date: { relative: day } }),
  }),
  words: `at ${hour}`,
  phrase: 'lights off',
});

function stageOf(
  more: Partial<CommandDefinition> = {},
  config: ConstructorParameters<typeof Stage>[1] = {},
): { run: Mock<(context: CommandContext) => unknown>; time: PlanTime; stage: Stage } {
  const run = vi.fn<(context: CommandContext) => unknown>(() => ({ say: 'Off.' }));
  const time = new PlanTime();
  const lights: CommandDefinition = {
    phrases: ['lights off [in the {room}]'],
    slots: { room: list(['kitchen']) },
    delayable: true,
    run: run as CommandDefinition['run'],
    ...more,
  };
  return { run, time, stage: new Stage({ lights }, config, { planClock: time }) };
}
const typesOf = (events: readonly EventBody[]): string[] => events.map(({ type }) => type);
const plan = (stage: Stage, delay: Delay): Promise<CommandOutcome> => stage.run('lights', { delay });

describe('A command with a delay', () => {
  it('is told, waits, runs once, and tells how it ended', async () => {
    const { run, time, stage } = stageOf();
    const outcome = await stage.run('lights', { delay: wait(10), args: { room: 'kitchen' } });
    expect(outcome).toMatchObject({ status: 'planned', say: 'Lights off at 17:40.', isKept: false });
    const [planned] = stage.dispatcher.planner.list();
    expect(planned).toMatchObject({ command: 'lights', phrase: 'lights off', args: { room: 'kitchen' } });
    expect(planned!.due.slice(0, 16)).toBe(new Date('2026-11-29T17:40:00').toISOString().slice(0, 16));

    await time.pass(10 * minuteMs - 1_000);
    expect(run).not.toHaveBeenCalled();
    await time.pass(2_000);
    expect(run).toHaveBeenCalledOnce();
    expect(run.mock.calls[0]![0]).toMatchObject({
      args: { room: 'kitchen' },
      key: planned!.id,
      session: { id: 's', language: 'en' },
    });
    expect(stage.events).toMatchObject([{ type: 'command.completed', planned_id: planned!.id, say: 'Off.' }]);
    await time.pass(24 * hourMs);
    expect(run).toHaveBeenCalledOnce();
    expect(stage.dispatcher.planner.list()).toEqual([]);
    expect(await stage.journal.list()).toMatchObject([{ key: planned!.id, status: 'done', phrase: 'lights off' }]);
  });

  it.each([
    [wait(1), 'Lights off at 17:31:20.'],
    [wait(90), 'Lights off at 19:00.'],
    [at(6), 'Lights off at 18:00.'],
    [at(18, 1), 'Lights off tomorrow at 18:00.'],
    [at(18, 3), 'Lights off on Wednesday 2 December at 18:00.'],
  ])('of %o is told as “%s”', async (delay, say) => {
    expect(await plan(stageOf().stage, delay)).toMatchObject({ status: 'planned', say });
  });

  it('is told in the language of the session', async () => {
    const { stage } = stageOf();
    const outcome = await stage.run('lights', { delay: { ...at(9, 1), phrase: 'Licht aus' } }, { language: 'de' });
    expect(outcome).toMatchObject({ say: 'Licht aus morgen um 09:00.' });
  });

  it('counts from when it was said', async () => {
    const { run, time, stage } = stageOf();
    await stage.run('lights', { delay: wait(1) }, { spokenAtMs: performance.now() - 9_000 });
    await time.pass(51_500);
    expect(run).toHaveBeenCalledOnce();
  });

  it('is refused where the command may not be delayed', async () => {
    const { stage } = stageOf({ delayable: false });
    expect(await plan(stage, wait(10))).toMatchObject({ status: 'refused', reason: 'lights is not run later.' });
  });

  it.each<[string, Delay, RegExp]>([
    ['a moment that is over', at(16, 0), /is over, or is now/],
    ['now', wait(0), /is over, or is now/],
    ['more than a week', wait(7 * 24 * 60 + 1), /is too far ahead: a command is planned for 7 days at most/],
  ])('is refused for %s', async (_, delay, reason) => {
    const { stage } = stageOf();
    const outcome = await plan(stage, delay);
    expect(outcome).toMatchObject({ status: 'refused', reason: expect.stringMatching(reason) as string });
    expect(stage.dispatcher.planner.list()).toEqual([]);
  });

  it('is refused where too much is planned', async () => {
    const { time, stage } = stageOf({}, { maxPlanned: 2 });
    const all = await Promise.all([wait(10), wait(20), wait(30)].map((delay) => plan(stage, delay)));
    expect(all.map(({ status }) => status)).toEqual(['planned', 'planned', 'refused']);
    expect(all[2]).toMatchObject({ reason: '2 commands are planned already, which is the most; cancel one of them.' });
    await time.pass(11 * minuteMs);
    expect(await plan(stage, wait(10))).toMatchObject({ status: 'planned' });
  });

  it('is not what "again" or a correction goes back to', async () => {
    const { stage } = stageOf();
    await stage.run('lights');
    expect(stage.session().last(performance.now())).toBeDefined();
    await plan(stage, wait(10));
    expect(stage.session().last(performance.now())).toBeUndefined();
  });
});

describe('A mistake', () => {
  it('of medium risk is asked about before it is planned, with the time', async () => {
    const { run, time, stage } = stageOf({ risk: 'medium' });
    const planning = plan(stage, wait(10));
    await settled();
    expect(stage.prompt).toMatchObject({ kind: 'confirm', text: 'Did you mean “lights off at 17:40”?' });
    stage.answer('yes');
    expect(await planning).toMatchObject({ status: 'planned' });
    await time.pass(11 * minuteMs);
    expect(run).toHaveBeenCalledOnce();
  });

  it('is asked about in the words of the author', async () => {
    const { stage } = stageOf({ risk: 'medium', confirm: 'Really all lights?' });
    const planning = plan(stage, wait(10));
    await settled();
    expect(stage.prompt.text).toBe('At 17:40: Really all lights?');
    stage.answer('no');
    expect(await planning).toMatchObject({ status: 'refused', reason: 'The speaker said no.' });
    expect(stage.dispatcher.planner.list()).toEqual([]);
  });

  it.each(['near', 'dialog', 'model'] as const)('is asked about that comes by way of “%s”', async (via) => {
    const { stage } = stageOf();
    const planning = stage.run('lights', { delay: wait(10), via });
    await settled();
    expect(stage.prompt.kind).toBe('confirm');
    expect(stage.dispatcher.planner.list()).toEqual([]);
    stage.answer('yes');
    expect(await planning).toMatchObject({ status: 'planned' });
  });

  it('is not planned after a yes if its command was switched off meanwhile', async () => {
    let isActive = true;
    const lights: CommandDefinition = { phrases: ['lights'], risk: 'medium', delayable: true, run: () => undefined };
    const stage = new Stage({ lights }, {}, { isActive: () => isActive, planClock: new PlanTime() });
    const planning = plan(stage, wait(10));
    await settled();
    isActive = false;
    stage.answer('yes');
    expect(await planning).toMatchObject({ status: 'refused' });
    expect(stage.dispatcher.planner.list()).toEqual([]);
  });
});

describe('What is planned', () => {
  it('can be called off, once', async () => {
    const { run, time, stage } = stageOf();
    await plan(stage, wait(10));
    await plan(stage, wait(5));
    const { planner } = stage.dispatcher;
    const [first, second] = planner.list();
    expect(Math.round((Date.parse(second!.due) - Date.parse(first!.due)) / minuteMs)).toBe(5);
    expect(await planner.cancel(first!.id)).toEqual(first);
    expect(await planner.cancel(first!.id)).toBeUndefined();
    expect(stage.events).toMatchObject([{ type: 'command.cancelled', planned_id: first!.id, due: first!.due }]);
    await time.pass(hourMs);
    expect(run).toHaveBeenCalledOnce();
    expect((await stage.journal.list()).map(({ status }) => status)).toEqual(['done', 'cancelled']);
  });

  it('runs when its session is over, and its events go to everybody', async () => {
    const { run, time, stage } = stageOf();
    run.mockImplementation(({ say }: CommandContext) => say('It is dark now.'));
    await plan(stage, wait(10));
    stage.session().end();
    await time.pass(11 * minuteMs);
    expect(stage.events).toMatchObject([
      { type: 'prompt', kind: 'say', text: 'It is dark now.' },
      { type: 'command.completed', command: 'lights' },
    ]);
    expect(stage.prompts).toEqual([]);
  });

  it('can ask nobody', async () => {
    const { run, time, stage } = stageOf();
    run.mockImplementation(({ ask }: CommandContext) => ask('Which one?'));
    await plan(stage, wait(10));
    await time.pass(11 * minuteMs);
    expect(stage.events).toMatchObject([
      { type: 'command.refused', reason: 'lights was planned, so nobody is there to answer “Which one?”' },
    ]);
  });

  it.each<[string, (context: CommandContext) => unknown, object]>([
    ['a no to a question', async ({ confirm }) => ({ say: String(await confirm('Sure?')) }), { say: 'false' }],
    ['nothing to undo', async ({ undoLast }) => ({ say: typeof (await undoLast()) }), { say: 'undefined' }],
    ['no contexts', ({ contexts }) => contexts.enter('night'), { type: 'command.failed', code: 'internal' }],
    [
      'the message of its author',
      () => Promise.reject(new CommandError('The lamp is broken.')),
      { type: 'command.failed', message: 'The lamp is broken.' },
    ],
  ])('has %s', async (_, handler, event) => {
    const { run, time, stage } = stageOf();
    run.mockImplementation(handler);
    await plan(stage, wait(10));
    await time.pass(11 * minuteMs);
    expect(stage.events).toMatchObject([event]);
  });

  it('does not run once its command is switched off in its session, and runs when that session is over', async () => {
    const run = vi.fn();
    let isActive = true;
    const time = new PlanTime();
    const stage = new Stage(
      { lights: { phrases: ['lights'], delayable: true, run } },
      {},
      { isActive: () => isActive, planClock: time },
    );
    await plan(stage, wait(10));
    await plan(stage, wait(30));
    isActive = false;
    await time.pass(20 * minuteMs);
    expect(stage.events).toMatchObject([{ type: 'command.refused', reason: 'The command lights is switched off.' }]);
    stage.session().end();
    await time.pass(20 * minuteMs);
    expect(run).toHaveBeenCalledOnce();
  });

  it('runs nothing once heed is closing', async () => {
    const { run, time, stage } = stageOf();
    await plan(stage, wait(10));
    await stage.dispatcher.close();
    await time.pass(hourMs);
    expect(run).not.toHaveBeenCalled();
  });

  it('is told to end with the process, once', async () => {
    const { stage } = stageOf();
    await plan(stage, wait(10));
    await plan(stage, wait(20));
    expect(stage.logged).toEqual([expect.stringMatching(/ends with this process/)]);
  });
});

describe('Clocks', () => {
  it.each([
    ['forward', hourMs],
    ['back', -hourMs],
    ['far back', -1_000 * hourMs],
  ])('that are set %s change nothing about "in ten minutes"', async (_, byMs) => {
    const { run, time, stage } = stageOf();
    await plan(stage, wait(10));
    time.set(byMs);
    await time.pass(9 * minuteMs);
    expect(run).not.toHaveBeenCalled();
    await time.pass(2 * minuteMs);
    expect(run).toHaveBeenCalledOnce();
  });

  it('that are set back bring "at six" at six, once', async () => {
    const { run, time, stage } = stageOf();
    await plan(stage, at(6));
    time.set(-hourMs);
    await time.pass(hourMs);
    expect(run).not.toHaveBeenCalled();
    await time.pass(31 * minuteMs);
    expect(run).toHaveBeenCalledOnce();
    time.set(-hourMs);
    await time.pass(3 * hourMs);
    expect(run).toHaveBeenCalledOnce();
  });

  it('that are set beyond "at six" by much leave it out, and by little bring it at once', async () => {
    const { run, time, stage } = stageOf();
    await plan(stage, at(6));
    time.set(29.7 * minuteMs);
    await time.pass(20_000);
    expect(run).toHaveBeenCalledOnce();

    const other = stageOf();
    await plan(other.stage, at(6));
    other.time.set(2 * hourMs);
    await other.time.pass(20_000);
    expect(other.run).not.toHaveBeenCalled();
    expect(other.stage.events).toMatchObject([
      { type: 'command.missed', reason: expect.stringMatching(/^It was due 54\d\d s before\.$/) as string },
    ]);
    expect(await other.stage.journal.list()).toMatchObject([{ status: 'missed' }]);
  });

  it('go on while the machine sleeps: what was due long before it wakes up is left out', async () => {
    const { run, time, stage } = stageOf();
    await plan(stage, wait(10));
    await plan(stage, at(6));
    await plan(stage, wait(180));
    time.sleep(2 * hourMs);
    await time.pass(minuteMs);
    expect(typesOf(stage.events)).toEqual(['command.missed', 'command.missed']);
    await time.pass(hourMs);
    expect(run).toHaveBeenCalledOnce();
  });
});

it('No more run at the same time than may run in a session; the others wait for their turn', async () => {
  const { run, time, stage } = stageOf({}, { maxRunning: 2 });
  const ends: (() => void)[] = [];
  run.mockImplementation(() => new Promise<void>((resolve) => ends.push(resolve)));
  for (let i = 0; i < 3; i++) await plan(stage, wait(10));
  await time.pass(10 * minuteMs + 1_000);
  expect(ends).toHaveLength(2);
  ends[0]!();
  await time.pass(1_000);
  expect(ends).toHaveLength(3);
  ends.forEach((end) => end());
  await time.pass(1_000);
  expect(typesOf(stage.events)).toEqual(['command.completed', 'command.completed', 'command.completed']);
});
