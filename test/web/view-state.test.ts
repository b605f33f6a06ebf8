import { describe, expect, test } from 'vitest';
import { maxUtterances } from '../../web/utterances.ts';
import { restingHouse } from '../../web/house.ts';
import { maxTopics } from '../../web/topics.ts';
import { initialState, reduce, type CommandInfo } from '../../web/view-state.ts';
import type { EventBody } from '../../src/events/event.ts';
import { after, commands, event, spoken, type Happening } from './events.ts';

const open = { type: 'connection', connection: { status: 'open' } } as const;
const lost = {
  type: 'connection',
  connection: { status: 'waiting', code: 'lost', message: '', retryInMs: 500 },
} as const;

describe('a spoken phrase', () => {
  test('goes from hearing to reading to heard', () => {
    const hearing = after([spoken.started(), spoken.partial('turn on the lie', 'turn on')]);
    expect(hearing).toMatchObject({
      isSpeaking: true,
      utterances: [{ text: 'turn on the lie', committed: 'turn on', status: 'hearing' }],
    });
    const reading = after([spoken.ended()], hearing);
    expect(reading).toMatchObject({ isSpeaking: false, utterances: [{ status: 'reading' }] });
    expect(after([spoken.final('Turn on the light.')], reading).utterances).toMatchObject([
      { text: 'Turn on the light.', committed: 'Turn on the light.', status: 'heard' },
    ]);
  });

  test('shows whose voice it was, and whose it was after all', () => {
    const final = { ...spoken.final('Light on.'), speaker: { id: 'speaker1', score: 0.8 } } as EventBody;
    const heard = after([spoken.started(), final]);
    expect(heard.utterances).toMatchObject([{ speaker: 'speaker1' }]);
    const { segment_id } = final as { segment_id: string };
    const speaker = { id: 'speaker2', score: 0.9 };
    const changed = after([{ type: 'speaker.changed', segment_id, speaker, was: 'speaker1' }], heard);
    expect(changed.utterances).toMatchObject([{ text: 'Light on.', speaker: 'speaker2' }]);
  });

  test.each([
    ['done', commands.completed('light', 'Light on.', '1'), { status: 'done', text: 'Light on.', canUndo: true }],
    ['planned', commands.planned('light', 'Light on at 18:40.', '1'), { status: 'done', text: 'Light on at 18:40.' }],
    ['failed', commands.failed('light', 'The bulb is broken.', '1'), { status: 'failed', text: 'The bulb is broken.' }],
    ['refused', commands.refused('light', 'You said no.', '1'), { status: 'refused', text: 'You said no.' }],
  ])('shows that its command was %s', (_, end, outcome) => {
    const state = after([spoken.started(), spoken.final('Light on.'), commands.matched('light', '1'), end]);
    expect(state.utterances).toMatchObject([{ outcomes: [{ command: 'light', ...outcome }] }]);
    expect(state.lit).toEqual(['light']);
    expect(state.announcement.text).toContain(outcome.text);
  });

  test('shows what becomes of a planned command by itself, whatever else is running', () => {
    const running = [spoken.started(), spoken.final('Light on.'), commands.matched('light', '1')];
    const due = { ...commands.completed('light', 'The light is on.'), planned_id: 'p' } as ReturnType<
      typeof spoken.final
    >;
    const [told, open] = after([...running, due]).utterances;
    expect(told).toMatchObject({ source: 'heed', text: 'The light is on.' });
    expect(open).toMatchObject({ outcomes: [{ status: 'running' }] });
  });

  test.each([
    ['Set the lights to 50%.', 'set the lights to fifty percent', undefined],
    ["What's the time?", 'what is the time', undefined],
    ['Turn on the kitten lights.', 'turn on the kitchen lights', 'turn on the kitchen lights'],
    ['Channel 15.', 'channel fifty', 'channel fifty'],
  ])('heard as %j and understood as %j shows the phrase where it has other words: %j', (heard, phrase, understood) => {
    const matched = { ...commands.matched('light', '1'), phrase } as EventBody;
    expect(after([spoken.started(), spoken.final(heard), matched]).utterances).toMatchObject([
      { text: heard, understood },
    ]);
  });

  test('closes its question when it came to nothing, and no other one', () => {
    const question: EventBody = {
      type: 'prompt',
      command: 'light',
      prompt_id: 'p',
      kind: 'confirm',
      text: 'Did you mean “light on”?',
    };
    const asked = after([
      spoken.started(),
      spoken.final('Light own.'),
      question,
      spoken.started('2'),
      spoken.final('Hm.', '2'),
      commands.unmatched('Hm.', '2'),
    ]);
    expect(asked.prompts).toMatchObject([{ id: 'p' }]);
    expect(after([commands.unmatched('Light own.', '1')], asked).prompts).toEqual([]);
  });

  test('closes a question that another command ended', () => {
    const question: EventBody = {
      type: 'prompt',
      command: 'light',
      prompt_id: 'p',
      kind: 'ask',
      text: 'How bright, or which colour?',
    };
    expect(after([question, spoken.started(), spoken.final('Blue.'), commands.matched('colour', '1')]).prompts).toEqual(
      [],
    );
  });

  test('that is not understood shows the reason and marks near misses', () => {
    const state = after([spoken.started(), spoken.final('Dim the moon.'), commands.unmatched('Dim the moon.', '1')]);
    expect(state.utterances[0]!.outcomes).toMatchObject([
      { status: 'unmatched', text: 'No command sounds like this.', candidates: [{ command: 'brightness' }] },
    ]);
    expect(state).toMatchObject({ lit: [], near: ['brightness'] });
  });

  test('holds each command of a chain with its own outcome', () => {
    const state = after([
      spoken.started(),
      spoken.final('Light on and dim the hall.'),
      commands.matched('light', '1'),
      commands.completed('light', 'Light on.', '1'),
      commands.matched('brightness', '1'),
      commands.failed('brightness', 'No hall.', '1'),
    ]);
    expect(state.utterances[0]!.outcomes).toMatchObject([
      { command: 'light', status: 'done' },
      { command: 'brightness', status: 'failed' },
    ]);
    expect(state.lit).toEqual(['light', 'brightness']);
  });

  test('clears the lit commands when the next one begins', () => {
    expect(
      after([spoken.started(), spoken.final('Light on.'), commands.matched('light', '1'), spoken.started('2')]).lit,
    ).toEqual([]);
  });

  test.each([
    ['a misfire', spoken.ended('misfire')],
    ['a final without words', spoken.final('')],
  ])('leaves nothing behind after %s', (_, end) => {
    expect(after([spoken.started(), spoken.partial('hm'), end]).utterances).toEqual([]);
  });

  test('is shown even when only its final arrives, and a late partial does not change it', () => {
    expect(after([spoken.final('Light on.'), spoken.partial('Light')]).utterances).toMatchObject([
      { text: 'Light on.', status: 'heard' },
    ]);
  });

  test('is distinguished from one of another session with the same number', () => {
    const first = after([spoken.started(), spoken.final('Light on.')]);
    const second = reduce(first, { type: 'event', event: event(spoken.started(), 'other') });
    expect(second.utterances).toMatchObject([{ text: '', status: 'hearing' }, { text: 'Light on.' }]);
  });

  test('stays the same object while others change', () => {
    const before = after([spoken.started(), spoken.final('Light on.'), spoken.started('2')]);
    expect(after([spoken.partial('dim', '', '2')], before).utterances[1]).toBe(before.utterances[1]);
  });

  test(`pushes out the oldest beyond ${maxUtterances}`, () => {
    const state = after(Array.from({ length: maxUtterances + 10 }, (_, index) => spoken.started(String(index))));
    expect(state.utterances).toHaveLength(maxUtterances);
    expect(state.utterances[0]!.id).toBe(`session/${maxUtterances + 9}`);
  });
});

describe('a typed phrase', () => {
  test('gets the outcomes of events that name no segment, in order', () => {
    const state = after([
      { type: 'typed', text: 'light on' },
      { type: 'typed', text: 'dim the moon' },
      { type: 'typed', text: 'blinds up' },
      commands.matched('light'),
      commands.unmatched('dim the moon'),
      commands.matched('blinds'),
      commands.completed('blinds', 'Blinds up.'),
      commands.completed('light', 'Light on.'),
    ]);
    expect(state.utterances.map(({ text, outcomes }) => [text, outcomes.map(({ status }) => status)])).toEqual([
      ['blinds up', ['done']],
      ['dim the moon', ['unmatched']],
      ['light on', ['done']],
    ]);
  });

  test('does not take the outcome of a spoken one', () => {
    const state = after([
      { type: 'typed', text: 'light on' },
      spoken.started(),
      spoken.final('Blinds up.'),
      commands.matched('blinds', '1'),
    ]);
    expect(state.utterances).toMatchObject([{ outcomes: [{ command: 'blinds' }] }, { text: 'light on', outcomes: [] }]);
  });
});

describe('a question', () => {
  const asked = after([
    { type: 'typed', text: 'open the door' },
    commands.matched('door'),
    { type: 'prompt', command: 'door', prompt_id: 'p1', kind: 'confirm', text: 'Really?' },
  ]);

  test('waits, and is announced', () => {
    expect(asked).toMatchObject({
      prompts: [{ id: 'p1', kind: 'confirm', text: 'Really?' }],
      announcement: { text: 'Really?' },
    });
  });

  test.each([
    ['answered', { type: 'answered', promptId: 'p1' } as const],
    ['settled with its command', commands.refused('door', 'Nobody answered.')],
    ['lost with its session', lost],
  ])('goes when it is %s', (_, happening) => {
    expect(after([happening], asked).prompts).toEqual([]);
  });

  test('is replaced by the next one of the same command', () => {
    expect(
      after([{ type: 'prompt', command: 'door', prompt_id: 'p2', kind: 'ask', text: 'Which?' }], asked).prompts,
    ).toMatchObject([{ id: 'p2' }]);
  });

  test('is not shown for what a handler only says', () => {
    const state = after(
      [{ type: 'prompt', command: 'door', prompt_id: 'p3', kind: 'say', text: 'One moment.' }],
      asked,
    );
    expect(state.prompts).toEqual(asked.prompts);
    expect(state.utterances).toMatchObject([{ said: ['One moment.'] }]);
  });

  test('is not what heed says when the command is long done', () => {
    const state = after([
      { type: 'prompt', command: 'timer', prompt_id: 'p4', kind: 'say', text: 'The tea is ready.' },
    ]);
    expect(state).toMatchObject({
      prompts: [],
      utterances: [{ source: 'heed', text: 'The tea is ready.', outcomes: [] }],
      announcement: { text: 'The tea is ready.' },
    });
  });
});

describe('the connection', () => {
  test('fails everything in progress when it is lost', () => {
    const state = after([
      open,
      { type: 'typed', text: 'light on' },
      commands.matched('light'),
      { type: 'typed', text: 'blinds up' },
      spoken.started(),
      lost,
    ]);
    expect(state.isSpeaking).toBe(false);
    expect(state.utterances).toMatchObject([
      { text: 'blinds up', outcomes: [{ status: 'failed' }] },
      { text: 'light on', outcomes: [{ command: 'light', status: 'failed' }] },
    ]);
  });

  test('clears an error when a session starts', () => {
    expect(after([{ type: 'error', code: 'busy', message: 'Too much.' }]).error).toBe('Too much.');
    expect(
      after([
        { type: 'error', code: 'busy', message: 'Too much.' },
        { type: 'session.started', language: 'en', commands: [] },
      ]).error,
    ).toBeUndefined();
  });
});

test('a microphone problem ends listening, and disappears when the microphone opens', () => {
  const state = after([
    { type: 'mode', mode: 'hands-free' },
    { type: 'microphone-problem', problem: 'refused' },
  ]);
  expect(state).toMatchObject({ mode: 'off', microphoneProblem: 'refused' });
  expect(after([{ type: 'microphone', microphone: 'on' }], state).microphoneProblem).toBeUndefined();
});

test('the house follows its state, and stays when another topic or nonsense comes', () => {
  const value = {
    rooms: { kitchen: { light: { on: true, level: 50, colour: 'red' }, blinds: 0 } },
    timer: null,
    scene: '',
  };
  const state = after([{ type: 'state', topic: 'house', value }]);
  expect(state.house).toEqual(value);
  expect(
    after(
      [
        { type: 'state', topic: 'garden', value: {} },
        { type: 'state', topic: 'house', value: 'gone' },
      ],
      state,
    ).house,
  ).toBe(state.house);
});

const info = (name: string): CommandInfo => ({ name, description: '', contexts: [], examples: [], phrases: [] });
const sample = ['lights', 'brightness', 'colour', 'blinds', 'scene'].map(info);

test('with the sample commands, the house is at rest until its state comes', () => {
  const resting = after([{ type: 'commands', commands: sample, problems: [], advice: [] }]);
  expect(resting.house).toBe(restingHouse);
  const lit = after(
    [
      {
        type: 'state',
        topic: 'house',
        value: { rooms: { kitchen: { light: { on: true, level: 9, colour: 'red' }, blinds: 1 } } },
      },
    ],
    resting,
  );
  expect(after([{ type: 'commands', commands: sample, problems: [], advice: [] }], lit).house).toBe(lit.house);
});

test('a command of another project that is called like one of the sample brings no house', () => {
  expect(
    after([{ type: 'commands', commands: [info('lights'), info('scene')], problems: [], advice: [] }]).house,
  ).toBeUndefined();
});

describe('shared state', () => {
  const started = (id: string) =>
    ({ type: 'event', event: event({ type: 'session.started', language: 'en', commands: [] }, id) }) as const;
  const basket: EventBody = { type: 'state', topic: 'basket', value: ['milk'] };

  test('is kept by topic, in the order in which the topics came', () => {
    const state = after([basket, { type: 'state', topic: 'mood', value: 1 }, { ...basket, value: [] }]);
    expect(state.topics).toEqual([
      { name: 'basket', value: [] },
      { name: 'mood', value: 1 },
    ]);
  });

  test('survives in a session that goes on, and is forgotten with another one', () => {
    const first = after([basket], reduce(initialState, started('one')));
    expect(reduce(first, started('one')).topics).toBe(first.topics);
    expect(reduce(first, started('two')).topics).toEqual([]);
  });

  test('is kept for a limited number of topics', () => {
    const many = Array.from({ length: maxTopics + 5 }, (_, n): EventBody => ({ ...basket, topic: `topic ${n}` }));
    expect(after(many).topics).toHaveLength(maxTopics);
  });
});

test('problems of command files are shown until the next change', () => {
  const broken = after([{ type: 'commands.changed', commands: [], problems: ['lights.ts:3 has no slot'] }]);
  expect(broken.commandProblems).toEqual(['lights.ts:3 has no slot']);
  expect(after([{ type: 'commands.changed', commands: ['lights'], problems: [] }], broken).commandProblems).toEqual([]);
});

test('an event of a newer server changes nothing', () => {
  expect(reduce(initialState, { type: 'event', event: { type: 'weather' } as never })).toBe(initialState);
});

test('questions and running commands stay open while the server keeps the session', () => {
  const asked: Happening = { type: 'prompt', command: 'door', prompt_id: 'p', kind: 'confirm', text: 'Sure?' };
  const down = (isKept?: true): Happening => ({
    type: 'connection',
    connection: { status: 'waiting', code: 'lost', message: '', retryInMs: 1, ...(isKept ? { isKept } : {}) },
  });
  expect(after([asked, down(true)]).prompts).toHaveLength(1);
  expect(after([asked, down(true), down()]).prompts).toEqual([]);
});
