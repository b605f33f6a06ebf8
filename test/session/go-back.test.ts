import { beforeEach, expect, test } from 'vitest';
import { list, percent } from '../../src/grammar/index.ts';
import { defineCommand, Registry, type Risk } from '../../src/registry/index.ts';
import { SessionStage } from './stage.ts';

const ran: unknown[] = [];
const room = list([
  { value: 'kitchen', say: { en: ['kitchen'], de: ['Küche'] } },
  { value: 'bedroom', say: { en: ['bedroom'], de: ['Schlafzimmer'] } },
]);

function stageOf({ risk = 'low', canUndo = true, language = 'en' }: StageChoice = {}): SessionStage {
  ran.length = 0;
  return new SessionStage({
    language,
    commands: {
      light: defineCommand({
        phrases: { en: ['light in the {room} to {level}'], de: ['Licht in der {room} auf {level}'] },
        slots: { room, level: percent() },
        risk,
        followUps:
          risk === 'high'
            ? []
            : [
                { phrases: { en: ['[and] [in] the {room}'], de: ['und [im] {room}'] } },
                { phrases: { en: ['brighter'], de: ['heller'] }, add: { level: 20 } },
                { phrases: { en: ['off'], de: ['aus'] }, set: { level: 0 } },
              ],
        run: ({ args }) => {
          ran.push(args);
          return canUndo ? { undo: () => ran.push('undo') } : undefined;
        },
      }),
      stop: defineCommand({ phrases: ['stop it'], run: () => undefined }),
    },
  });
}

interface StageChoice {
  risk?: Risk;
  canUndo?: boolean;
  language?: string;
}

const first = { room: 'kitchen', level: 50 };

beforeEach(() => {
  ran.length = 0;
});

test.each([
  ['and the bedroom', [{ room: 'bedroom', level: 50 }]],
  ['Brighter.', [{ room: 'kitchen', level: 70 }]],
  ['off', [{ room: 'kitchen', level: 0 }]],
  ['again', [first]],
  ['no, the bedroom', ['undo', { room: 'bedroom', level: 50 }]],
  ['I meant bedroom', ['undo', { room: 'bedroom', level: 50 }]],
  ['no, to sixty percent', ['undo', { room: 'kitchen', level: 60 }]],
])('after a command, "%s" runs it again as %j', async (phrase, runs) => {
  const stage = stageOf();
  await stage.session.say('light in the kitchen to 50 percent');
  await stage.session.say(phrase);
  expect(ran).toEqual([first, ...runs]);
  expect(stage.of('command.matched').at(-1)).toMatchObject({ command: 'light', via: 'dialog' });
});

test('they are said in the language of the session, and are spoken as well as typed', async () => {
  const stage = stageOf({ language: 'de' });
  await stage.phrase('Licht in der Küche auf 50 Prozent.');
  await stage.phrase('Nein, das Schlafzimmer.');
  await stage.phrase('Heller.');
  await stage.phrase('Noch einmal.');
  expect(ran).toEqual([
    first,
    'undo',
    { room: 'bedroom', level: 50 },
    { room: 'bedroom', level: 70 },
    { room: 'bedroom', level: 70 },
  ]);
});

test('a number stays within the limits of its slot', async () => {
  const stage = stageOf();
  await stage.session.say('light in the kitchen to 90 percent');
  await stage.session.say('brighter');
  expect(ran.at(-1)).toEqual({ room: 'kitchen', level: 100 });
});

test.each([
  ['before any command', '', 'brighter'],
  ['after another command', 'stop it', 'brighter'],
  ['with a value that the command has not', 'light in the kitchen to 50 percent', 'no, the garage'],
  ['with the value that it had', 'light in the kitchen to 50 percent', 'no, the kitchen'],
])('nothing runs %s', async (_, before, phrase) => {
  const stage = stageOf();
  if (before !== '') await stage.session.say(before);
  const runs = ran.length;
  await stage.session.say(phrase);
  expect(ran.length).toBe(runs);
  expect(stage.types.at(-1)).toBe('command.unmatched');
});

test('nothing runs after a while', async () => {
  const stage = stageOf();
  await stage.session.say('light in the kitchen to 50 percent');
  await stage.session.say('brighter', performance.now() + 15_001);
  await stage.session.say('again', performance.now() + 15_001);
  expect(ran).toEqual([first]);
});

test('a command that cannot be taken back is not corrected', async () => {
  const stage = stageOf({ canUndo: false });
  await stage.session.say('light in the kitchen to 50 percent');
  await stage.session.say('no, the bedroom');
  expect(ran).toEqual([first]);
  expect(stage.of('command.unmatched')).toMatchObject([{ reason: expect.stringContaining('cannot be taken back') }]);
});

test('a correction takes back only the command that it corrects', async () => {
  const stage = stageOf();
  await stage.session.say('light in the kitchen to 50 percent');
  await stage.session.undoLast();
  await stage.session.say('no, the bedroom');
  expect(ran).toEqual([first, 'undo']);
  expect(stage.of('command.refused')).toMatchObject([{ reason: expect.stringContaining('no longer be taken back') }]);
});

test.each<[Risk, string]>([
  ['medium', 'again'],
  ['high', 'again'],
  ['high', 'no, the bedroom'],
])('a command of %s risk is not repeated by "%s"', async (risk, phrase) => {
  const stage = stageOf({ risk });
  const done = stage.session.say('light in the kitchen to 50 percent');
  await new Promise((resolve) => setImmediate(resolve));
  const prompt = stage.of('prompt').at(-1);
  if (prompt) stage.session.answer(prompt.prompt_id, 'yes');
  await done;
  expect(ran).toEqual([first]);
  await stage.session.say(phrase);
  expect(ran).toEqual([first]);
  expect(stage.types.at(-1)).toBe('command.unmatched');
});

test.each([
  [{ phrases: ['the {colour}'] }, /uses \{colour\}/],
  [{ phrases: ['brighter'], add: { colour: 1 } }, /followUps: a slot of this command/],
  [{ phrases: ['off'], set: { level: 500 } }, /followUps: a slot of this command/],
])('a follow-up that does not fit its command is refused when it is loaded: %j', (followUp, message) => {
  const registry = new Registry({ language: 'en' });
  const followUps = [followUp] as Parameters<typeof defineCommand>[0]['followUps'];
  const add = (): void =>
    registry.add('x', {
      phrases: ['{level}'],
      slots: { level: percent() },
      followUps: followUps!,
      run: () => undefined,
    });
  expect(add).toThrow(message);
});
