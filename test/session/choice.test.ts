import { beforeEach, expect, test } from 'vitest';
import { list } from '../../src/grammar/index.ts';
import { defineCommand, type Risk } from '../../src/registry/index.ts';
import { SessionStage, settle } from './stage.ts';

const ran: string[] = [];
const command = (name: string, phrase: string, risk: Risk = 'low'): ReturnType<typeof defineCommand> =>
  defineCommand({
    phrases: [phrase],
    risk,
    run: () => {
      ran.push(name);
    },
  });
/** "Lights" is both a film and a mode. */
const stageOf = (risk: Risk = 'low'): SessionStage =>
  new SessionStage({
    commands: {
      playFilm: command('film', 'start the lights', risk),
      partyMode: command('party', 'start the lights'),
      stop: command('stop', 'stop everything'),
    },
  });

beforeEach(() => {
  ran.length = 0;
});

const lastPrompt = (stage: SessionStage): string => stage.of('prompt').at(-1)!.prompt_id;

test.each([
  ['the first', 'film'],
  ['The second one.', 'party'],
  ['two', 'party'],
  ['party mode', 'party'],
  ['the film please', 'film'],
])('a phrase of two commands is asked about, and "%s" tells which is meant', async (answer, meant) => {
  const stage = stageOf();
  const done = stage.session.say('start the lights');
  await settle();
  expect(stage.of('prompt')).toMatchObject([
    { kind: 'ask', text: 'Play film or party mode?', options: ['play film', 'party mode'] },
  ]);
  await stage.session.say(answer);
  await done;
  expect(ran).toEqual([meant]);
  expect(stage.of('command.matched')).toMatchObject([{ via: 'dialog' }]);
});

test('a button tells it too', async () => {
  const stage = stageOf();
  const done = stage.session.say('start the lights');
  await settle();
  stage.session.answer(lastPrompt(stage), 'party mode');
  await done;
  expect(ran).toEqual(['party']);
});

test.each([
  ['no', [], 'The speaker called it off.'],
  ['stop everything', ['stop'], 'Another command was given.'],
])('"%s" ends the question, which is told once', async (answer, runs, reason) => {
  const stage = stageOf();
  const done = stage.session.say('start the lights');
  await settle();
  await stage.session.say(answer);
  await done;
  expect(ran).toEqual(runs);
  expect(stage.of('command.unmatched')).toMatchObject([
    { text: 'start the lights', reason: `This could be playFilm or partyMode. ${reason}` },
  ]);
});

test('a command of high risk is not offered', async () => {
  const stage = stageOf('high');
  await stage.session.say('start the lights');
  expect(stage.types).toEqual(['command.unmatched']);
});

test('nothing is offered while another question is open', async () => {
  const stage = new SessionStage({
    commands: {
      playFilm: command('film', 'start the lights'),
      partyMode: command('party', 'start the lights'),
      wipe: command('wipe', 'wipe it', 'high'),
    },
  });
  const wiping = stage.session.say('wipe it');
  await settle();
  await stage.session.say('start the lights');
  expect(stage.of('prompt').map(({ command: name }) => name)).toEqual(['wipe']);
  stage.session.answer(lastPrompt(stage), 'no');
  await wiping;
});

test('a command of high risk is not asked to be completed', async () => {
  const stage = new SessionStage({
    commands: {
      gate: defineCommand({
        phrases: ['open the big gate in the {which}'],
        slots: { which: list(['north', 'south']) },
        risk: 'high',
        run: () => {
          ran.push('gate');
        },
      }),
    },
  });
  await stage.session.say('open the big gate in the');
  expect(stage.of('prompt')).toEqual([]);
  expect(stage.of('command.unmatched')).toMatchObject([
    { reason: 'This is only the beginning of a command. It runs only if it is said in full.' },
  ]);
});

test('an answer to a question about a beginning runs nothing once the contexts have changed', async () => {
  const stage = new SessionStage({
    commands: {
      dim: defineCommand({
        phrases: ['dim the big {room} lamps'],
        slots: { room: list(['kitchen']) },
        run: () => {
          ran.push('dim');
        },
      }),
      slide: defineCommand({ phrases: ['next slide'], contexts: ['slides'], run: () => undefined }),
    },
  });
  const done = stage.session.say('dim the big');
  await settle();
  stage.session.setContexts(['slides']);
  stage.session.answer(lastPrompt(stage), 'kitchen');
  await done;
  expect(ran).toEqual([]);
  expect(stage.of('command.unmatched')).toMatchObject([
    { reason: expect.stringContaining('The contexts have changed since the question was asked') },
  ]);
});
