import { expect, test } from 'vitest';
import { duration, list, number, percent, text } from '../../src/grammar/index.ts';
import { defineCommand } from '../../src/registry/index.ts';
import { SessionStage, settle } from './stage.ts';

const ran: unknown[] = [];
const note = ({ args }: { args: unknown }): void => void ran.push(args);
const room = list(['kitchen', 'bedroom', 'living room']);

const commands = {
  dim: defineCommand({
    phrases: {
      en: ['(set|dim) [the] {room} lights to {level}', '(set|dim) the lights in the {room} to {level}'],
      de: ['(stelle|dimme) das Licht in {room} auf {level}'],
    },
    slots: { room, level: percent() },
    missing: { level: { en: 'How bright?', de: 'Wie hell?' } },
    run: note,
  }),
  timer: defineCommand({ phrases: ['start a timer for {length}'], slots: { length: duration() }, run: note }),
  add: defineCommand({
    phrases: ['please add {item} to my list', 'add {item} to my list'],
    slots: { item: text() },
    missing: { item: 'Add what?' },
    run: note,
  }),
  play: defineCommand({
    phrases: ['play song {songNumber}'],
    slots: { songNumber: number({ min: 1, max: 20 }) },
    run: note,
  }),
  stop: defineCommand({
    phrases: ['stop the music'],
    run: () => {
      ran.push('stop');
    },
  }),
  pause: defineCommand({
    phrases: ['stop the clock'],
    run: () => {
      ran.push('clock');
    },
  }),
};

function stageOf(language = 'en'): SessionStage {
  ran.length = 0;
  return new SessionStage({ commands, language });
}

const questions = (stage: SessionStage): string[] => stage.of('prompt').map((prompt) => prompt.text);

test.each([
  [
    'set the lights in the',
    ['Which room?', 'How bright?'],
    ['kitchen', 'fifty percent'],
    { room: 'kitchen', level: 50 },
  ],
  ['set the kitchen lights to', ['How bright?'], ['to twenty percent please'], { room: 'kitchen', level: 20 }],
  ['set the living', ['Which room?', 'How bright?'], ['the living room', 'half'], { room: 'living room', level: 50 }],
  ['set the living', ['Which room?'], ['room lights to fifty percent'], { room: 'living room', level: 50 }],
  ['set the', ['Which room?'], ['bedroom lights to thirty percent'], { room: 'bedroom', level: 30 }],
  ['start a timer for', ['How long?'], ['five minutes'], { length: 300 }],
  ['start a timer for five', ['How long?'], ['minutes'], { length: 300 }],
  ['start a timer for twenty', ['How long?'], ['five minutes'], { length: 300 }],
  ['please add', ['Add what?'], ['milk and bread'], { item: 'milk and bread' }],
  ['please add', ['Add what?'], ['milk to my list'], { item: 'milk' }],
  ['play song', ['Which song number?'], ['the twelve'], { songNumber: 12 }],
])('"%s" asks %j and runs with the answers %j', async (phrase, asked, answers, args) => {
  const stage = stageOf();
  const done = stage.session.say(phrase);
  for (const answer of answers) {
    await settle();
    await stage.session.say(answer);
  }
  await done;
  expect(questions(stage)).toEqual(asked);
  expect(ran).toEqual([args]);
  expect(stage.of('command.completed')).toMatchObject([{ args }]);
});

const lamps = {
  level: defineCommand({
    phrases: ['set the {room} lamp to {level}'],
    slots: { room, level: percent() },
    missing: { level: 'How bright?' },
    run: ({ args }) => {
      ran.push(['level', args]);
    },
  }),
  colour: defineCommand({
    phrases: ['set the {room} lamp to {colour}'],
    slots: { room, colour: list(['blue', 'red']) },
    missing: { colour: 'Which colour?' },
    run: ({ args }) => {
      ran.push(['colour', args]);
    },
  }),
  timer: defineCommand({
    phrases: ['leave the {room} lamp on for {length}'],
    slots: { room, length: duration() },
    run: ({ args }) => {
      ran.push(['timer', args]);
    },
  }),
  turns: defineCommand({
    phrases: ['leave the {room} lamp on for {turns} turns'],
    slots: { room, turns: number({ max: 9 }) },
    missing: { turns: 'How many turns?' },
    run: ({ args }) => {
      ran.push(['turns', args]);
    },
  }),
  scene: defineCommand({
    phrases: ['make the {room} {scene} in {tempo}'],
    slots: { room, scene: list(['cosy']), tempo: list(['slow', 'fast']) },
    run: ({ args }) => {
      ran.push(['scene', args]);
    },
  }),
  sound: defineCommand({
    phrases: ['make the {room} {soundLevel}'],
    slots: { room, soundLevel: list(['loud', 'quiet']) },
    run: ({ args }) => {
      ran.push(['sound', args]);
    },
  }),
};

test.each([
  [
    'set the kitchen lamp to',
    ['How bright, or which colour?'],
    ['fifty percent'],
    ['level', { room: 'kitchen', level: 50 }],
  ],
  [
    'set the kitchen lamp to',
    ['How bright, or which colour?'],
    ['blue please'],
    ['colour', { room: 'kitchen', colour: 'blue' }],
  ],
  [
    'set the kitchen lamp to',
    ['How bright, or which colour?', 'How bright, or which colour?'],
    ['I do not know', 'red'],
    ['colour', { room: 'kitchen', colour: 'red' }],
  ],
  [
    'leave the bedroom lamp on for',
    ['How long, or how many turns?'],
    ['three turns'],
    ['turns', { room: 'bedroom', turns: 3 }],
  ],
  [
    'make the bedroom',
    ['Which sound level or scene?', 'Which tempo?'],
    ['cosy', 'slow'],
    ['scene', { room: 'bedroom', scene: 'cosy', tempo: 'slow' }],
  ],
])('"%s" may become several commands: %j, and %j tells which', async (phrase, asked, answers, run) => {
  ran.length = 0;
  const stage = new SessionStage({ commands: lamps });
  const done = stage.session.say(phrase);
  for (const answer of answers) {
    await settle();
    const prompt = stage.of('prompt').at(-1)!;
    expect(stage.session.answer(prompt.prompt_id, answer)).toBe(true);
  }
  await done;
  expect(questions(stage)).toEqual(asked);
  expect(ran).toEqual([run]);
});

test('an answer that may be the value of several slots brings the question again', async () => {
  ran.length = 0;
  const stage = new SessionStage({
    commands: {
      channel: defineCommand({
        phrases: ['switch it to {channel} now'],
        slots: { channel: number({ max: 20 }) },
        run: ({ args }) => {
          ran.push(args);
        },
      }),
      speed: defineCommand({
        phrases: ['switch it to {speed} for good'],
        slots: { speed: number({ max: 9 }) },
        run: ({ args }) => {
          ran.push(args);
        },
      }),
    },
  });
  const done = stage.session.say('switch it to');
  for (const answer of ['five', 'twelve']) {
    await settle();
    await stage.session.say(answer);
  }
  await done;
  expect(questions(stage)).toEqual(['Which channel or speed?', 'Which channel or speed?']);
  expect(ran).toEqual([{ channel: 12 }]);
});

test('a spoken answer completes a spoken phrase, under the segment of the phrase', async () => {
  const stage = stageOf();
  await stage.phrase('Start a timer for');
  expect(stage.of('prompt')).toMatchObject([{ command: 'timer', kind: 'ask', text: 'How long?' }]);
  await stage.phrase('Ten minutes.');
  await settle();
  expect(ran).toEqual([{ length: 600 }]);
  const [first, second] = stage.of('segment.final');
  expect(stage.of('command.completed')).toMatchObject([
    { segment_id: first!.segment_id, timing: { silence: expect.any(Number) as number } },
  ]);
  expect(
    stage.events.filter(
      (event) => event.type.startsWith('command.') && 'segment_id' in event && event.segment_id === second!.segment_id,
    ),
  ).toEqual([]);
});

test.each([
  [
    'a command',
    {
      fine: defineCommand({
        phrases: ['okay'],
        run: () => {
          ran.push('okay');
        },
      }),
    },
    ['Okay.'],
    ['okay'],
  ],
  [
    'an answer',
    {
      wipe: defineCommand({
        phrases: ['wipe the list'],
        run: async ({ confirm }) => {
          ran.push(await confirm('Really?'));
        },
      }),
    },
    ['Wipe the list.', 'Okay.'],
    [true],
  ],
  ['neither', { stop: commands.stop }, ['Okay.'], []],
] as const)(
  'what noise is often read as counts when it is a command or an answer: here, %s',
  async (_, given, said, expected) => {
    ran.length = 0;
    const stage = new SessionStage({ commands: given });
    for (const text of said) await stage.phrase(text, { confidence: 0.68, noSpeechProbability: 0.47 });
    await settle();
    expect(ran).toEqual(expected);
    expect(stage.of('segment.final').at(-1)?.text).toBe(expected.length > 0 ? 'Okay.' : '');
  },
);

test('an answer by button completes it too', async () => {
  const stage = stageOf();
  const done = stage.session.say('start a timer for');
  await settle();
  const [prompt] = stage.of('prompt');
  expect(stage.session.answer(prompt!.prompt_id, 'soon')).toBe(true);
  expect(questions(stage)).toEqual(['How long?', 'How long?']);
  expect(stage.session.answer(prompt!.prompt_id, 'two minutes')).toBe(true);
  await done;
  expect(ran).toEqual([{ length: 120 }]);
});

test('another command instead of an answer runs, and the question is over', async () => {
  const stage = stageOf();
  const done = stage.session.say('start a timer for');
  await settle();
  await stage.session.say('stop the music');
  await done;
  expect(ran).toEqual(['stop']);
  expect(stage.of('command.unmatched')).toMatchObject([
    { text: 'start a timer for', reason: 'This is only the beginning of a command. Another command was given.' },
  ]);
});

test('a question can be called off', async () => {
  const stage = stageOf();
  const done = stage.session.say('start a timer for');
  await settle();
  await stage.session.say('never mind');
  await done;
  expect(ran).toEqual([]);
  expect(stage.of('command.unmatched')).toMatchObject([
    { reason: 'This is only the beginning of a command. The speaker called it off.' },
  ]);
});

test('the question ends with the session', async () => {
  const stage = stageOf();
  const done = stage.session.say('start a timer for');
  await settle();
  await stage.session.close();
  await done;
  expect(stage.types).toEqual(['prompt', 'command.unmatched', 'session.ended']);
});

test.each([
  ['add', 'one word'],
  ['stop the', 'two commands to choose from'],
  ['what a lovely', 'no command'],
])('"%s" asks nothing: %s', async (phrase) => {
  const stage = stageOf();
  await stage.session.say(phrase);
  expect(stage.types).toEqual(['command.unmatched']);
});

test('words that were hardly heard ask nothing', async () => {
  const stage = stageOf();
  await stage.phrase('Start a timer for', { confidence: 0.3 });
  expect(stage.of('prompt')).toEqual([]);
  expect(stage.of('command.unmatched').length).toBe(1);
});

test('questions are in the language of the session', async () => {
  const stage = stageOf('de');
  const done = stage.session.say('Dimme das Licht in kitchen auf');
  await settle();
  expect(questions(stage)).toEqual(['Wie hell?']);
  await stage.session.say('fünfzig Prozent');
  await done;
  expect(ran).toEqual([{ room: 'kitchen', level: 50 }]);
});
