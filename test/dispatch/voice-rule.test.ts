import { describe, expect, it, vi } from 'vitest';
import type { EventBody } from '../../src/events/event.ts';
import { hashPin } from '../../src/config/index.ts';
import { outcomeEvent } from '../../src/dispatch/index.ts';
import { text } from '../../src/grammar/index.ts';
import type { CommandContext, CommandDefinition, Speakers } from '../../src/registry/index.ts';
import { PlanTime } from './plan-time.ts';
import { Stage } from './stage.ts';
import { voiceOf, type Who } from './voices.ts';

const ran = vi.fn((_: CommandContext): void => undefined);

function command(speakers: Speakers | undefined, more: Partial<CommandDefinition> = {}): CommandDefinition {
  ran.mockClear();
  return { phrases: ['open the door'], ...(speakers ? { speakers } : {}), run: ran, ...more };
}

function stageOf(definition: CommandDefinition): Stage {
  return new Stage({ door: definition });
}

/** A phrase that one says, and others go on with. */
function by(...who: Who[]) {
  return { voices: who.map(voiceOf) };
}

describe('a command for some voices', () => {
  it.each([
    ['known', 'anna', 'done', undefined],
    ['known', 'either', 'done', undefined],
    ['known', 'stranger', 'refused', 'unknown-speaker'],
    ['known', 'short', 'refused', 'speech-too-short'],
    ['known', 'several', 'refused', 'several-voices'],
    ['known', 'unheard', 'refused', 'no-voice'],
    [['anna'], 'anna', 'done', undefined],
    [[' ANNA '], 'anna', 'done', undefined],
    [['anna', 'ben'], 'ben', 'done', undefined],
    [['anna'], 'ben', 'refused', 'wrong-speaker'],
    [['anna'], 'either', 'refused', 'unknown-speaker'],
    [['anna'], 'stranger', 'refused', 'unknown-speaker'],
    [['carl'], 'anna', 'refused', 'wrong-speaker'],
  ] as const)('%j: %s is %s', async (speakers, who, status, code) => {
    const outcome = await stageOf(command(speakers)).run('door', {}, by(who));
    expect(outcome).toMatchObject({ status, ...(code === undefined ? {} : { code }) });
    expect(ran).toHaveBeenCalledTimes(status === 'done' ? 1 : 0);
  });

  it('is refused when it is typed, and when the voice is not looked at', async () => {
    const stage = stageOf(command('known'));
    for (const context of [{}, { voices: [] }, { voices: [undefined] }, { voices: [voiceOf('anna'), undefined] }])
      expect(await stage.run('door', {}, context)).toMatchObject({ status: 'refused', code: 'no-voice' });
    expect(ran).not.toHaveBeenCalled();
  });

  it('needs every voice that had a part in its phrase', async () => {
    const stage = stageOf(command(['anna']));
    expect(await stage.run('door', {}, by('anna', 'ben'))).toMatchObject({ code: 'wrong-speaker' });
    expect(await stage.run('door', {}, by('anna', 'anna'))).toMatchObject({ status: 'done' });
  });

  it('may want to be surer than usual', async () => {
    const stage = stageOf(command(['anna'], { speakerScore: 0.98 }));
    expect(await stage.run('door', {}, by('anna'))).toMatchObject({ status: 'refused', code: 'unknown-speaker' });
  });

  it('is run only once, however long it takes to know the voice', async () => {
    const stage = stageOf(command('known'));
    const outcomes = await Promise.all([1, 2].map(() => stage.run('door', {}, { segmentId: 'a', ...by('anna') })));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['done', 'refused']);
    expect(ran).toHaveBeenCalledOnce();
  });

  it('counts among those that run while its voice is waited for', async () => {
    const stage = new Stage({ door: command('known') }, { maxRunning: 1 });
    const [first, second] = await Promise.all([stage.run('door', {}, by('anna')), stage.run('door', {}, by('anna'))]);
    expect([first.status, second.status]).toEqual(['done', 'refused']);
  });

  it('does not run when the session ends before its voice is known', async () => {
    const stage = stageOf(command('known'));
    const running = stage.run('door', {}, by('anna'));
    stage.session().end();
    expect(await running).toMatchObject({ status: 'refused' });
    expect(ran).not.toHaveBeenCalled();
  });

  it('tells its handler who gave it', async () => {
    await stageOf(command('known')).run('door', {}, by('anna'));
    expect(ran.mock.lastCall![0].speaker).toEqual({ id: 'anna', name: 'anna', score: 0.97 });
    await stageOf(command('known')).run('door', {}, { ...by('anna'), speaker: { id: 'speaker2', score: 0.7 } });
    expect(ran.mock.lastCall![0].speaker).toEqual({ id: 'speaker2', name: 'anna', score: 0.97 });
  });

  it('still asks what its risk demands', async () => {
    const stage = stageOf(command(['anna'], { risk: 'high' }));
    const running = stage.run('door', {}, by('anna'));
    await vi.waitFor(() => expect(stage.prompts).toHaveLength(1));
    stage.session().end();
    expect(await running).toMatchObject({ status: 'refused' });
    expect(ran).not.toHaveBeenCalled();
  });
});

it('a command for all voices waits for none', async () => {
  const voice = { heard: new Promise<never>(() => undefined), known: undefined };
  expect(await stageOf(command(undefined)).run('door', {}, { voices: [voice] })).toMatchObject({ status: 'done' });
});

describe('an answer to a question of a command for some voices', () => {
  async function asked(more: Partial<CommandDefinition>, dispatch = {}) {
    const stage = new Stage({ door: command(['anna'], more) }, dispatch);
    const running = stage.run('door', { score: 0.6 }, by('anna'));
    await vi.waitFor(() => expect(stage.prompts).toHaveLength(1));
    return { stage, running };
  }

  it.each(['ben', 'stranger', 'several', 'short'] as const)('is none when %s gives it', async (who) => {
    const { stage, running } = await asked({ risk: 'medium' });
    expect(stage.session().needsVoice).toBe(true);
    expect(stage.speak('yes', { voice: voiceOf(who) })).toMatchObject({ reason: expect.any(String) });
    expect(ran).not.toHaveBeenCalled();
    expect(stage.speak('yes', { voice: voiceOf('anna') })).toBe('answer');
    expect(await running).toMatchObject({ status: 'done' });
  });

  it('is none when it is typed, or nobody knows yet whose it is', async () => {
    const { stage, running } = await asked({ risk: 'medium' });
    expect(stage.session().answerSpoken({ text: 'yes', spokenAtMs: performance.now() })).toHaveProperty('reason');
    expect(stage.speak('yes', { voice: { heard: new Promise(() => undefined), known: undefined } })).toHaveProperty(
      'reason',
    );
    stage.session().answer(stage.prompt.prompt_id, 'yes');
    expect(stage.prompts).toHaveLength(2);
    expect(ran).not.toHaveBeenCalled();
    stage.session().end();
    await running;
  });

  it('may be a no of anybody', async () => {
    for (const no of [
      (stage: Stage) => stage.speak('no', { voice: voiceOf('stranger') }),
      (stage: Stage) => stage.session().answer(stage.prompt.prompt_id, 'no'),
    ]) {
      const { stage, running } = await asked({ risk: 'medium' });
      no(stage);
      expect(await running).toMatchObject({ status: 'refused', reason: 'The speaker said no.' });
    }
  });

  it('may be the tap that a high risk demands', async () => {
    const { stage, running } = await asked({ risk: 'high' });
    stage.session().answer(stage.prompt.prompt_id, 'yes');
    expect(await running).toMatchObject({ status: 'done' });
  });

  it('may be the PIN, tapped or typed by anybody, and spoken by a voice that may', async () => {
    const pin = await hashPin('4711');
    for (const [who, status] of [
      ['ben', undefined],
      ['anna', 'done'],
    ] as const) {
      const { stage, running } = await asked({ risk: 'high', pin: true }, { pin });
      const taken = stage.speak('4 7 1 1', { voice: voiceOf(who) });
      if (status) expect(await running).toMatchObject({ status });
      else {
        expect(taken).toHaveProperty('reason');
        stage.session().answer(stage.prompt.prompt_id, '4711');
        expect(await running).toMatchObject({ status: 'done' });
      }
    }
  });

  it('is spoken by such a voice when a handler asks, too', async () => {
    const said: string[] = [];
    const { stage, running } = await asked({
      risk: 'low',
      run: async ({ ask }) => void said.push(await ask('Which one?', { slot: text() })),
    });
    expect(stage.speak('the front one', { voice: voiceOf('ben') })).toHaveProperty('reason');
    expect(stage.speak('the back one', { voice: voiceOf('anna') })).toBe('answer');
    await running;
    expect(said).toEqual(['the back one']);
  });
});

describe('what a command for some voices has done', () => {
  const undo = vi.fn();

  async function done(): Promise<Stage> {
    undo.mockClear();
    const stage = new Stage({
      door: command(['anna'], { run: () => ({ undo }) }),
      back: { phrases: ['undo'], run: async ({ undoLast }) => void (await undoLast()) },
    });
    await stage.run('door', {}, by('anna'));
    return stage;
  }

  it('is taken back by such a voice only', async () => {
    const stage = await done();
    expect(await stage.run('back', {}, by('ben'))).toMatchObject({ status: 'refused', code: 'wrong-speaker' });
    await expect(stage.session().undoLast()).rejects.toMatchObject({ code: 'aborted' });
    expect(undo).not.toHaveBeenCalled();
    expect(await stage.run('back', {}, by('anna'))).toMatchObject({ status: 'done' });
    expect(undo).toHaveBeenCalledOnce();
  });
});

it('a command for some voices is planned by such a voice only, and then runs without one', async () => {
  const time = new PlanTime();
  const stage = new Stage({ door: command(['anna'], { delayable: true }) }, {}, { planClock: time });
  const delay = { moment: JSON.stringify({ wait: 60 }), words: 'in a minute', phrase: 'open the door' };
  expect(await stage.run('door', { delay }, by('ben'))).toMatchObject({ status: 'refused', code: 'wrong-speaker' });
  expect(stage.dispatcher.planner.list()).toEqual([]);
  expect(await stage.run('door', { delay }, by('anna'))).toMatchObject({ status: 'planned' });
  await time.pass(61_000);
  expect(ran).toHaveBeenCalledOnce();
});

it('a refusal says why, for programs, in its event and in the journal', async () => {
  const stage = stageOf(command(['anna']));
  const outcome = await stage.run('door', {}, by('ben'));
  const event: EventBody = outcomeEvent(outcome, { command: 'door', args: {} }, {});
  expect(event).toMatchObject({ type: 'command.refused', code: 'wrong-speaker' });
  expect(await stage.journal.list()).toMatchObject([{ outcome: { code: 'wrong-speaker' } }]);
});
