import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isCancel, readYesNo } from '../../src/dispatch/answer-words.ts';
import { list, percent } from '../../src/grammar/index.ts';
import type { CommandContext } from '../../src/registry/index.ts';
import { Stage } from './stage.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const tick = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

describe('A yes or a no', () => {
  it.each<[string, string, boolean | undefined]>([
    ['Yes.', 'en', true],
    ['yes please', 'en', true],
    ['Yeah, do it!', 'en', true],
    ['OK', 'en', true],
    ["That's right", 'en', true],
    ['yes yes', 'en', true],
    ['No!', 'en', false],
    ['no thanks', 'en', false],
    ['yes, no', 'en', false],
    ["don't", 'en', false],
    ['please do not', 'en', false],
    ['cancel', 'en', false],
    ['never mind', 'en', false],
    ['', 'en', undefined],
    ['maybe', 'en', undefined],
    ['please', 'en', undefined],
    ['yes the kitchen', 'en', undefined],
    ['turn on the lights', 'en', undefined],
    ['I said no such thing at all today', 'en', undefined],
    ['Ja, bitte.', 'de', true],
    ['Klar', 'de', true],
    ['bitte', 'de', true],
    ['In Ordnung', 'de', true],
    ['Nein danke', 'de', false],
    ['lieber nicht', 'de', false],
    ['Abbrechen', 'de', false],
    ['yes', 'de', true],
    ['Oui', 'fr', true],
    ["D'accord", 'fr', true],
    ['Bien sûr !', 'fr', true],
    ['non, merci', 'fr', false],
    ['surtout pas', 'fr', false],
    ['annule', 'fr', false],
    ['Sí, por favor', 'es', true],
    ['Claro', 'es', true],
    ['¡No!', 'es', false],
    ['olvídalo', 'es', false],
    ['ja', 'auto', true],
    ['non', 'auto', false],
    ['ja', 'en', undefined],
    ['Ja', 'de-AT', true],
  ])('%j in %s is %s', (text, language, meaning) => {
    expect(readYesNo(text, language)).toBe(meaning);
  });

  it.each([
    ['Cancel!', 'en', true],
    ['forget it, please', 'en', true],
    ['vergiss es', 'de', true],
    ['cancel the meeting', 'en', false],
    ['', 'en', false],
  ])('%j in %s cancels: %s', (text, language, expected) => {
    expect(isCancel(text, language)).toBe(expected);
  });
});

describe('A question that names what can be answered', () => {
  it('accepts one of its words at once, and treats its whole text as an echo', async () => {
    const answers: unknown[] = [];
    const stage = new Stage({
      note: {
        phrases: ['note'],
        run: async ({ ask }: CommandContext) => {
          answers.push(await ask('Private or work?', { slot: list(['private', 'work']) }), await ask('Which note?'));
        },
      },
    });
    const running = stage.run('note');
    await tick();
    expect(stage.speak('Work.')).toBe('answer');
    await tick();
    expect(stage.speak('Which note?')).toEqual({ reason: 'These are the words that heed itself just said.' });
    expect(stage.speak('Buy milk.')).toBe('answer');
    await running;
    expect(answers).toEqual(['work', 'Buy milk.']);
  });
});

describe('A command of high risk that a spoken yes confirms', () => {
  const wipe = (): { run: ReturnType<typeof vi.fn<() => undefined>>; stage: Stage } => {
    const run = vi.fn(() => undefined);
    return {
      run,
      stage: new Stage({
        wipe: { phrases: ['wipe'], risk: 'high', confirmBySpeech: true, run },
        go: { phrases: ['go'], run: () => undefined },
      }),
    };
  };

  it.each<[string, (stage: Stage) => unknown, object]>([
    ['a spoken yes', (stage) => stage.answer('Yes, please.'), { status: 'done' }],
    ['a button', (stage) => stage.session().answer(stage.prompt.prompt_id, 'yes'), { status: 'done' }],
    ['a spoken no', (stage) => stage.answer('no'), { status: 'refused', reason: 'The speaker said no.' }],
    ['silence', () => vi.advanceTimersByTimeAsync(15_000), { status: 'refused', reason: 'No answer came.' }],
    ['another command', (stage) => stage.run('go'), { status: 'refused', reason: 'Another command was given.' }],
    [
      'the end of the session',
      (stage) => stage.session().end(),
      { status: 'refused', reason: 'The session has ended.' },
    ],
  ])('asks first, and %s decides', async (_, answer, outcome) => {
    const { run, stage } = wipe();
    const running = stage.run('wipe', { phrase: 'wipe the disk' });
    await tick();
    expect(stage.prompts).toMatchObject([
      {
        type: 'prompt',
        kind: 'confirm',
        command: 'wipe',
        text: 'Did you mean “wipe the disk”?',
        prompt_id: expect.any(String),
      },
    ]);
    expect(run).not.toHaveBeenCalled();
    await answer(stage);
    expect(await running).toMatchObject(outcome);
    expect(run).toHaveBeenCalledTimes('reason' in outcome ? 0 : 1);
  });

  it('accepts no answer twice, late, from another session or to another question', async () => {
    const { run, stage } = wipe();
    const running = stage.run('wipe');
    await tick();
    const { prompt_id: id } = stage.prompt;
    expect([
      stage.session('other').answer(id, 'yes'),
      stage.session().answer('unknown', 'yes'),
      stage.answer('yes', 'other'),
    ]).toEqual([false, false, false]);
    expect(stage.session().answer(id, 'no')).toBe(true);
    expect([stage.session().answer(id, 'yes'), stage.answer('yes')]).toEqual([false, false]);
    expect(await running).toMatchObject({ status: 'refused' });
    expect(run).not.toHaveBeenCalled();
  });

  it('leaves a phrase that is no answer to be understood, and asks a typed one again', async () => {
    const { stage } = wipe();
    const running = stage.run('wipe');
    await tick();
    expect(stage.answer('what is the time')).toBe(false);
    expect(stage.session().answer(stage.prompt.prompt_id, 'hm')).toBe(true);
    expect(stage.prompt.text).toBe('I expected yes or no. Did you mean “wipe please”?');
    stage.answer('yes');
    expect(await running).toMatchObject({ status: 'done' });
  });

  it('waits without a limit while the line is down, and has its whole time when it is back', async () => {
    const { stage } = wipe();
    const running = stage.run('wipe');
    await vi.advanceTimersByTimeAsync(14_000);
    stage.session().hold();
    await vi.advanceTimersByTimeAsync(60_000);
    stage.session().resume([]);
    await vi.advanceTimersByTimeAsync(14_999);
    expect(stage.answer('what is the time')).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await running).toMatchObject({ status: 'refused', reason: 'No answer came.' });
  });

  it('that was asked while the line was down begins when the line is back', async () => {
    const { run, stage } = wipe();
    stage.session().hold();
    const running = stage.run('wipe');
    await vi.advanceTimersByTimeAsync(60_000);
    const spokenAtMs = performance.now();
    await vi.advanceTimersByTimeAsync(10);
    const missed = { ...stage.prompt, event_id: '1', session_id: 's', seq: 0, time: '' };
    stage.session().resume([missed]);
    expect(stage.session().answerSpoken({ text: 'yes', spokenAtMs })).toBe('none');
    expect(run).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(14_000);
    stage.answer('yes');
    expect(await running).toMatchObject({ status: 'done' });
  });

  it('accepts no answer that was said before it was asked', async () => {
    const { run, stage } = wipe();
    const spokenAtMs = performance.now();
    await vi.advanceTimersByTimeAsync(10);
    const running = stage.run('wipe');
    await tick();
    expect(stage.session().answerSpoken({ text: 'yes', spokenAtMs })).toBe('none');
    expect(run).not.toHaveBeenCalled();
    stage.answer('no');
    await running;
  });

  it.each<[string, string, number, string]>([
    ['a clear yes', 'Yes, please.', 0.56, 'done'],
    ['another clear one', 'Okay, go ahead!', 0.6, 'done'],
    ['a yes that may have been another word', 'Yes.', 0.48, 'asked again'],
    ['a yes that is said by the way', 'Sure.', 0.9, 'asked again'],
    ['another one', 'Right.', 0.9, 'asked again'],
    ['a no that was hardly heard', 'No.', 0.2, 'refused'],
  ])('accepts a spoken answer by how sure it is: %s', async (_, text, confidence, outcome) => {
    const { run, stage } = wipe();
    const running = stage.run('wipe');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(stage.speak(text, { confidence })).toBe('answer');
    if (outcome === 'asked again') {
      expect(stage.prompt.text).toBe('Please say “yes” clearly. Did you mean “wipe please”?');
      expect(run).not.toHaveBeenCalled();
      expect(stage.speak('Yes.')).toBe('answer');
      expect(await running).toMatchObject({ status: 'done' });
    } else expect(await running).toMatchObject({ status: outcome });
  });

  it('gives up when no answer is sure', async () => {
    const { run, stage } = wipe();
    const running = stage.run('wipe');
    await vi.advanceTimersByTimeAsync(5_000);
    for (let i = 0; i < 3; i++) stage.speak('Sure.');
    expect(await running).toEqual({
      status: 'refused',
      reason: 'The answers were not understood.',
      durationMs: expect.any(Number),
    });
    expect(run).not.toHaveBeenCalled();
  });

  it('accepts no "yes" that began before it was asked or while the client spoke, but every "no"', async () => {
    const { run, stage } = wipe();
    const running = stage.run('wipe');
    await tick();
    const early = { reason: 'This was said before the question had been spoken to its end.' };
    expect(stage.speak('Yes.', { startedAtMs: performance.now() - 1 })).toEqual(early);
    stage.session().setPlaying(true);
    await vi.advanceTimersByTimeAsync(3_000);
    const startedAtMs = performance.now();
    stage.session().setPlaying(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(stage.speak('Yes.', { startedAtMs })).toEqual(early);
    expect(run).not.toHaveBeenCalled();
    expect(stage.speak('No!', { startedAtMs })).toBe('answer');
    expect(await running).toMatchObject({ status: 'refused', reason: 'The speaker said no.' });
  });

  it('accepts a "yes" from after the end of the voice, also when both come late', async () => {
    const { stage } = wipe();
    const running = stage.run('wipe');
    await tick();
    stage.session().setPlaying(true);
    const endedAtMs = performance.now() + 1_000;
    await vi.advanceTimersByTimeAsync(6_000);
    stage.session().setPlaying(false, endedAtMs);
    expect(stage.speak('Yes, do it.', { startedAtMs: endedAtMs + 2_000 })).toBe('answer');
    expect(await running).toMatchObject({ status: 'done' });
  });

  it('ignores words that heed itself has just said, by their speaking time or by what the client reports', async () => {
    const stage = new Stage({
      wipe: {
        phrases: ['wipe'],
        confirm: 'Shall I go ahead?',
        risk: 'high',
        confirmBySpeech: true,
        run: () => undefined,
      },
    });
    const running = stage.run('wipe');
    await tick();
    const echo = { reason: 'These are the words that heed itself just said.' };
    expect([stage.speak('Shall I go ahead?'), stage.speak('Go ahead.')]).toEqual([echo, echo]);
    await vi.advanceTimersByTimeAsync(3_000);
    stage.session().setPlaying(true);
    expect(stage.speak('Go ahead.')).toEqual(echo);
    stage.session().setPlaying(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(stage.speak('Go ahead.')).toBe('answer');
    expect(await running).toMatchObject({ status: 'done' });
  });

  it('asks in its own words, and in the language of the speaker', async () => {
    const stage = new Stage({
      own: { phrases: ['own'], risk: 'high', confirm: 'Really all?', run: () => undefined },
      made: {
        phrases: ['{n}'],
        slots: { n: percent() },
        risk: 'high',
        confirm: ({ n }) => `Wipe ${String(n)}?`,
        run: () => undefined,
      },
      plain: { phrases: ['plain'], risk: 'high', run: () => undefined },
    });
    void stage.run('own');
    void stage.run('made', { args: { n: 5 } });
    for (const language of ['de', 'fr', 'es']) void stage.run('plain', { phrase: 'x' }, { language });
    await tick();
    expect(stage.prompts.map(({ text }) => text)).toEqual([
      'Really all?',
      'Wipe 5?',
      'Meinten Sie „x“?',
      'Vouliez-vous dire « x » ?',
      '¿Quería decir «x»?',
    ]);
    await stage.dispatcher.close();
  });

  it('is not run when its question cannot be made', async () => {
    const run = vi.fn(() => undefined);
    const stage = new Stage({
      wipe: {
        phrases: ['wipe'],
        risk: 'high',
        confirm: () => {
          throw new Error('no words');
        },
        run,
      },
    });
    expect(await stage.run('wipe')).toMatchObject({ status: 'failed', code: 'internal' });
    expect(run).not.toHaveBeenCalled();
  });
});

describe('A command of medium risk', () => {
  it.each([
    [0.95, 0],
    [0.9, 0],
    [0.89, 1],
    [Number.NaN, 1],
  ])('that scored %d asks %d times', async (score, questions) => {
    const stage = new Stage({ close: { phrases: ['close'], risk: 'medium', run: () => undefined } });
    const running = stage.run('close', { score });
    await tick();
    expect(stage.prompts).toHaveLength(questions);
    stage.answer('yes');
    expect(await running).toMatchObject({ status: 'done' });
  });
});

describe('A question of a handler', () => {
  const asking = (ask: (context: CommandContext) => Promise<unknown>): Stage =>
    new Stage({
      ask: { phrases: ['ask'], timeoutMs: 1000, run: async (context) => ({ say: JSON.stringify(await ask(context)) }) },
    });

  it('is answered by the next phrase, whatever it is', async () => {
    const stage = asking(({ ask }) => ask('What?'));
    const running = stage.run('ask');
    await tick();
    expect(stage.prompts).toMatchObject([{ kind: 'ask', text: 'What?', command: 'ask' }]);
    expect(stage.answer('Turn on the lights.')).toBe(true);
    expect(await running).toMatchObject({ say: '"Turn on the lights."' });
  });

  it.each<[string, string, unknown]>([
    ['fifty percent', 'en', 50],
    ['to 50 % please', 'en', 50],
    ['uh half', 'en', 50],
    ['auf fünfzig Prozent bitte', 'de', 50],
  ])('with a slot takes %j in %s as %j', async (answer, language, value) => {
    const stage = asking(({ ask }) => ask('How much?', { slot: percent() }));
    const running = stage.run('ask', {}, { language });
    await tick();
    expect(stage.answer(answer)).toBe(true);
    expect(await running).toMatchObject({ say: JSON.stringify(value) });
  });

  it('comes again when the answer is none, three times at most', async () => {
    const stage = asking(({ ask }) => ask('Which room?', { slot: list(['kitchen', 'bedroom']) }));
    const running = stage.run('ask');
    await tick();
    for (const answer of ['garage', 'cellar']) expect(stage.answer(answer)).toBe(true);
    expect(stage.prompts.map(({ text }) => text)).toEqual([
      'Which room?',
      'I expected kitchen, bedroom. Which room?',
      'I expected kitchen, bedroom. Which room?',
    ]);
    expect(new Set(stage.prompts.map(({ prompt_id }) => prompt_id)).size).toBe(1);
    stage.answer('attic');
    expect(await running).toMatchObject({ status: 'refused', reason: 'The answers were not understood.' });
  });

  it('ends when the speaker cancels or says nothing, and the command ends with it', async () => {
    const stage = asking(({ ask }) => ask('What?'));
    const [first] = [stage.run('ask'), await tick()];
    expect(stage.answer('Never mind.')).toBe(true);
    expect(await first).toMatchObject({ status: 'refused', reason: 'The speaker called it off.' });
    const second = stage.run('ask');
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await second).toMatchObject({ status: 'refused', reason: 'No answer came.' });
  });

  it('does not count towards the time of the handler', async () => {
    const stage = asking(async ({ ask }) => {
      await new Promise((resolve) => {
        setTimeout(resolve, 600);
      });
      const answer = await ask('What?');
      await new Promise((resolve) => {
        setTimeout(resolve, answer === 'quick' ? 300 : 500);
      });
      return answer;
    });
    for (const [answer, status] of [
      ['quick', 'done'],
      ['slow', 'failed'],
    ] as const) {
      const running = stage.run('ask');
      await vi.advanceTimersByTimeAsync(600 + 10_000);
      expect(stage.answer(answer)).toBe(true);
      await vi.advanceTimersByTimeAsync(500);
      expect(await running).toMatchObject({ status });
    }
  });

  it.each([
    ['yes', true],
    ['no', false],
    ['cancel', false],
  ])('for a yes or no takes %j as %s', async (answer, expected) => {
    const stage = asking(({ confirm }) => confirm('Sure?'));
    const running = stage.run('ask');
    await tick();
    expect(stage.prompt).toMatchObject({ kind: 'confirm', text: 'Sure?' });
    stage.answer(answer);
    expect(await running).toMatchObject({ say: JSON.stringify(expected) });
  });

  it('for a yes or no is a no when no answer comes', async () => {
    const stage = asking(({ confirm }) => confirm('Sure?'));
    const running = stage.run('ask');
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await running).toMatchObject({ status: 'done', say: 'false' });
  });

  it('gives way to a newer one', async () => {
    const stage = asking(({ ask }) =>
      Promise.allSettled([ask('One?'), ask('Two?')]).then((results) => results.map(({ status }) => status)),
    );
    const running = stage.run('ask');
    await tick();
    stage.answer('two');
    expect(await running).toMatchObject({ say: '["rejected","fulfilled"]' });
  });
});
