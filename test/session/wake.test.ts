import { afterEach, expect, test, vi } from 'vitest';
import { checkWake } from '../../src/config/index.ts';
import { list } from '../../src/grammar/index.ts';
import { defineCommand } from '../../src/registry/index.ts';
import { StreamClock } from '../../src/session/stream-clock.ts';
import { frameSamples, msToSamples, type Alternative, type WordScore } from '../../src/types.ts';
import { SessionStage, settle, type StageOptions } from './stage.ts';

const ran: unknown[] = [];

const commands = {
  lamp: defineCommand({
    phrases: ['turn {on} the lamp'],
    slots: { on: list(['on', 'off']) },
    run: ({ args }) => {
      ran.push(args.on);
    },
  }),
  blinds: defineCommand({
    phrases: ['close the {room} blinds'],
    slots: { room: list(['kitchen', 'office']) },
    run: ({ args }) => {
      ran.push(args.room);
      return { say: 'Say computer to go on.' };
    },
  }),
  oven: defineCommand({
    phrases: ['start the oven'],
    risk: 'high',
    confirmBySpeech: true,
    run: () => {
      ran.push('oven');
    },
  }),
};

afterEach(() => {
  vi.useRealTimers();
});

function stageOf(options: Partial<StageOptions> = {}): SessionStage {
  ran.length = 0;
  return new SessionStage({ commands, wake: { phrases: ['computer', 'hey jarvis'] }, ...options });
}

/** What a session told besides what was heard. */
const told = (stage: SessionStage): string[] =>
  stage.types.filter((type) => /^(command|prompt|wake|error)/.test(type) && type !== 'command.completed');

test.each([
  ['Computer, turn on the lamp.', ['on']],
  ['Hey computer, turn off the lamp!', ['off']],
  ['Okay, computer: turn on the lamp.', ['on']],
  ['Hey Jarvis, turn on the lamp', ['on']],
  ['computer turn on the lamp and close the office blinds', ['on', 'office']],
  ['Um, computer, could you please close the kitchen blinds?', ['kitchen']],
])('"%s" begins with the wake phrase and runs', async (text, expected) => {
  const stage = stageOf();
  await stage.phrase(text);
  expect(ran).toEqual(expected);
  expect(stage.of('segment.final')[0]).not.toHaveProperty('addressed');
});

test.each([
  'Turn on the lamp.',
  'My computer is slow, turn on the lamp.',
  'The computer, turn on the lamp.',
  'Turn on the lamp, computer.',
  'Commuter, turn on the lamp.',
  'Computers turn on the lamp.',
  'Jarvis, turn on the lamp.',
  'Close the blinds.',
  'Close the',
  'What a lovely day.',
])('"%s" is not addressed: its text is published, and nothing else happens', async (text) => {
  const stage = stageOf();
  await stage.phrase(text);
  expect(ran).toEqual([]);
  expect(told(stage)).toEqual([]);
  expect(stage.of('segment.final')).toMatchObject([{ text, addressed: false }]);
});

test('a whole command after the wake phrase ends its segment as early as one without', async () => {
  const stage = stageOf();
  await stage.speak(20);
  await stage.pause(4);
  await stage.hear({ text: 'Computer, turn on the lamp.' });
  expect(ran).toEqual(['on']);
  expect(stage.of('speech.ended')).toMatchObject([{ reason: 'complete' }]);
});

test('a whole command without the wake phrase does not end its segment early', async () => {
  const stage = stageOf();
  await stage.speak(20);
  await stage.pause(4);
  await stage.hear({ text: 'Turn on the lamp.' });
  expect(stage.of('speech.ended')).toEqual([]);
});

test('words after the wake phrase that are no command are told, because they were addressed', async () => {
  const stage = stageOf();
  await stage.phrase('Computer, close the bathroom blinds.');
  expect(ran).toEqual([]);
  expect(told(stage)).toEqual(['command.unmatched']);
});

test('after the wake phrase alone, one command needs none', async () => {
  const stage = stageOf();
  await stage.phrase('Computer!');
  expect(stage.of('wake.started')).toMatchObject([
    { phrase: 'computer', within_ms: 8_000, segment_id: stage.of('segment.final')[0]!.segment_id },
  ]);
  await stage.phrase('What a lovely day.');
  expect(told(stage)).toEqual(['wake.started', 'command.unmatched']);
  await stage.phrase('Turn on the lamp.');
  await stage.phrase('Turn off the lamp.');
  expect(ran).toEqual(['on']);
  expect(told(stage)).toEqual(['wake.started', 'command.unmatched', 'wake.ended', 'command.matched']);
  expect(stage.of('wake.ended')).toMatchObject([{ reason: 'command' }]);
});

test('the time after the wake phrase ends with an event, and a command after it does not run', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const stage = stageOf();
  await stage.phrase('Hey Jarvis.');
  vi.advanceTimersByTime(8_000);
  expect(stage.of('wake.ended')).toMatchObject([{ reason: 'timeout' }]);
  vi.advanceTimersByTime(1);
  await stage.phrase('Turn on the lamp.');
  expect(ran).toEqual([]);
});

test('speech that began within the time counts, however long it takes', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const stage = stageOf();
  await stage.phrase('Computer.');
  vi.advanceTimersByTime(7_900);
  await stage.speak(20);
  vi.advanceTimersByTime(300);
  await stage.pause(4);
  await stage.hear({ text: 'Turn on the lamp.' });
  expect(ran).toEqual(['on']);
});

test.each([
  ['within', 4_000, ['on'], 'command'],
  ['after', 9_000, [], 'timeout'],
])('in a recording, a command %s the time of the recording is treated so', async (_, ms, expected, reason) => {
  const stage = stageOf({ clock: new StreamClock() });
  await stage.phrase('Computer.');
  await stage.pause(Math.ceil(msToSamples(ms) / frameSamples));
  await stage.phrase('Turn on the lamp.');
  expect(ran).toEqual(expected);
  expect(stage.of('wake.ended')).toMatchObject([{ reason }]);
});

test('a wake phrase that comes late counts from when it was spoken, and what is said live needs another', async () => {
  const stage = stageOf();
  stage.ageMs = 20_000;
  await stage.phrase('Computer.');
  stage.ageMs = undefined;
  await stage.phrase('Turn on the lamp.');
  expect(ran).toEqual([]);
  expect(told(stage)).toEqual([]);
  expect(stage.of('segment.final').map(({ addressed }) => addressed)).toEqual([undefined, false]);
});

test('a wake phrase that comes a little late leaves the rest of its time', async () => {
  const stage = stageOf();
  stage.ageMs = 5_000;
  await stage.phrase('Computer.');
  const [started] = stage.of('wake.started');
  expect(started!.within_ms).toBeLessThanOrEqual(3_000);
  expect(started!.within_ms).toBeGreaterThan(0);
  stage.ageMs = undefined;
  await stage.phrase('Turn on the lamp.');
  expect(ran).toEqual(['on']);
});

test('after a cut, what was spoken in the time after the wake phrase runs, but no second command', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const stage = stageOf();
  await stage.phrase('Computer.');
  vi.advanceTimersByTime(9_000);
  expect(stage.of('wake.ended')).toMatchObject([{ reason: 'timeout' }]);
  stage.ageMs = 6_000;
  await stage.phrase('Turn on the lamp.');
  stage.ageMs = 4_000;
  await stage.phrase('Turn off the lamp.');
  expect(ran).toEqual(['on']);
  expect(stage.of('wake.ended')).toHaveLength(1);
});

test('a command that a question has made whole ends the time after the wake phrase too', async () => {
  const stage = stageOf();
  await stage.phrase('Computer.');
  await stage.phrase('Close the');
  expect(stage.of('prompt')).toHaveLength(1);
  await stage.phrase('Kitchen blinds.');
  await stage.phrase('Turn on the lamp.');
  expect(ran).toEqual(['kitchen']);
  expect(stage.of('wake.ended')).toMatchObject([{ reason: 'command' }]);
});

test('push-to-talk that is pressed again right after its release is held', async () => {
  const stage = stageOf();
  stage.session.press();
  await stage.speak(20);
  const flushed = stage.session.flush();
  stage.session.press();
  await settle();
  await stage.hear({ text: 'Turn off the lamp.' });
  await flushed;
  await stage.phrase('Turn on the lamp.');
  expect(ran).toEqual(['off', 'on']);
});

test('push-to-talk needs no wake phrase, from the press to the release', async () => {
  const stage = stageOf();
  stage.session.press();
  await stage.phrase('Turn on the lamp.');
  await stage.speak(20);
  const flushed = stage.session.flush();
  await settle();
  await stage.hear({ text: 'Turn off the lamp.' });
  await flushed;
  expect(ran).toEqual(['on', 'off']);
  await stage.phrase('Turn on the lamp.');
  expect(ran).toEqual(['on', 'off']);
});

test('the end of a segment is no push-to-talk without a press, and a press in its middle is enough', async () => {
  const stage = stageOf();
  for (const isPressed of [false, true]) {
    await stage.speak(20);
    if (isPressed) stage.session.press();
    const flushed = stage.session.flush();
    await settle();
    await stage.hear({ text: 'Turn on the lamp.' });
    await flushed;
    expect(ran).toEqual(isPressed ? ['on'] : []);
  }
});

test('a press after talk that is still being read does not address that talk', async () => {
  const stage = stageOf();
  await stage.speak(20);
  await stage.endBySilence();
  stage.session.press();
  const flushed = stage.session.flush();
  await settle();
  await stage.hear({ text: 'Turn on the lamp.' });
  await flushed;
  expect(ran).toEqual([]);
});

test('typed phrases need no wake phrase, and may have one', async () => {
  const stage = stageOf();
  await stage.session.say('turn on the lamp');
  await stage.session.say('computer, turn off the lamp');
  expect(ran).toEqual(['on', 'off']);
});

test('an answer needs no wake phrase, and talk that is none brings nothing', async () => {
  const stage = stageOf();
  await stage.phrase('Computer, start the oven.');
  expect(stage.of('prompt')).toHaveLength(1);
  await stage.phrase('What a lovely day.');
  expect(stage.of('prompt')).toHaveLength(1);
  await stage.phrase('Yes, do it.');
  expect(ran).toEqual(['oven']);
  expect(stage.of('command.unmatched')).toEqual([]);
});

test("heed's own words do not wake it", async () => {
  const stage = stageOf();
  await stage.phrase('Computer, close the kitchen blinds.');
  await stage.phrase('Computer.');
  expect(told(stage)).toEqual(['command.matched']);
});

/** A reading of the same sound that the constrained search made, with the leads of other first words. */
function held(text: string, lead: number): Alternative {
  const scores = [...text.split(' '), ''].map((word, i): WordScore => ({
    word,
    logProbability: i === 0 ? -lead : -0.05,
    lead: i === 0 ? lead : 0,
  }));
  return { text, scores, plainScores: scores, tokens: scores.length, endMs: 0, logProbability: -lead - 0.3 };
}

function scored(text: string): WordScore[] {
  return [...text.split(' '), ''].map((word) => ({ word, logProbability: -0.3, lead: 0 }));
}

test.each([
  ['Commuter, turn on the lamp.', 1, ['on']],
  ['Commuter, turn on the lamp.', 9, []],
  ['Kitchen, turn on the lamp.', 1, []],
  ['My commuter, turn on the lamp.', 1, []],
])(
  '"%s" counts as the wake phrase only if sound and spelling are near to it (%d nats)',
  async (text, lead, expected) => {
    const stage = stageOf();
    const constrained = [held('Computer, turn on the lamp.', lead)];
    await stage.phrase(text, { scores: scored(text), constrained });
    expect(ran).toEqual(expected);
  },
);

test('the session says which wake phrases it needs', () => {
  const stage = stageOf();
  stage.session.start();
  expect(stage.of('session.started')).toMatchObject([{ wake: ['computer', 'hey jarvis'] }]);
});

test.each([
  ['computer', ['computer']],
  [' ', []],
  [[], []],
  [
    ['computer', ' hallo Rechner '],
    ['computer', 'hallo Rechner'],
  ],
])('the wake phrase %j is %j', (given, phrases) => {
  expect(checkWake(given)).toEqual(phrases);
});

test.each(['[hey] computer', 'x', '{room}', 'a'.repeat(101), '42'])('the wake phrase "%s" is refused', (phrase) => {
  expect(() => checkWake(phrase)).toThrow(expect.objectContaining({ code: 'bad-config' }));
});
