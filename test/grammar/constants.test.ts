import { expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/index.ts';
import { compileGrammar, list, percent, text, type GrammarCommand } from '../../src/grammar/index.ts';
import { Matcher, understandText, type MatchResult } from '../../src/match/index.ts';
import { defineCommand, Registry } from '../../src/registry/index.ts';
import { SessionStage } from '../session/stage.ts';
import { command } from './commands.ts';

const slots = { room: list(['kitchen', 'bedroom']), level: percent() };
const light = command(
  'light',
  ['set {room} to {level}', { say: 'make [the] {room} very bright', args: { level: 100 } }],
  { slots },
);

function understand(said: string, commands: GrammarCommand[] = [light], language = 'en'): MatchResult {
  return understandText(new Matcher(compileGrammar(commands, { language }).grammar, defaultConfig.match), said);
}

function problemsOf(phrases: GrammarCommand['phrases'], more: Partial<GrammarCommand> = {}): string[] {
  const { problems } = compileGrammar([command('light', phrases, { slots, ...more })], { language: 'en' });
  return problems.map(({ message }) => message);
}

test.each([
  ['make the kitchen very bright', 'exact', { room: 'kitchen', level: 100 }],
  ['make the kitchen very brigt', 'near', { room: 'kitchen', level: 100 }],
  ['set bedroom to ten percent', 'exact', { room: 'bedroom', level: 10 }],
])('"%s" has the arguments of its phrase (%s)', (said, via, args) => {
  expect(understand(said).match).toMatchObject({ via, args });
});

test('A phrase that breaks off keeps them until it is whole', () => {
  const { beginning } = understand('make the');
  expect(beginning).toMatchObject({ args: { level: 100 }, missing: [{ name: 'room' }] });
});

test('Nothing is asked where phrases of one command go on to different arguments', () => {
  const phrases = (['bright', 'dark'] as const).map((word, i) => ({
    say: `make the {room} ${word}`,
    args: { level: i === 0 ? 100 : 0 },
  }));
  const both = command('light', phrases, { slots });
  expect(understand('make the', [both]).beginning).toBeUndefined();
  expect(understand('make the bedroom dark', [both]).match?.args).toEqual({ room: 'bedroom', level: 0 });
  expect(understand('make the bedroom darc', [both]).match?.args).toEqual({ room: 'bedroom', level: 0 });
});

test('Each language has its own', () => {
  const both = command(
    'light',
    { en: [{ say: 'light on', args: { level: 100 } }], de: [{ say: 'Licht an', args: { level: 90 } }] },
    { slots: { level: percent() } },
  );
  expect(understand('light on', [both]).match?.args).toEqual({ level: 100 });
  expect(understand('Licht an', [both], 'de').match?.args).toEqual({ level: 90 });
});

test('Text in them stays as it is written', () => {
  const play = command('play', ['play {title}', { say: 'play anything', args: { title: 'Anything' } }], {
    slots: { title: text() },
  });
  expect(understand('play anything', [play]).match?.args).toEqual({ title: 'Anything' });
  expect(understand('play Any Song', [play]).match?.args).toEqual({ title: 'Any Song' });
});

test.each([
  ['{"color":"red"}', 'The phrase "bright" gives {color}, but there is no slot of that name.'],
  ['{"level":150}', 'The phrase "bright" gives {level} the value 150, which this slot does not take.'],
])('Arguments %s are refused', (args, message) => {
  expect(
    problemsOf(['{room} {level}', { say: 'bright', args: JSON.parse(args) as object as Record<string, unknown> }]),
  ).toEqual([message]);
});

test('A value that the phrase says too is refused, in a rule as well', () => {
  const message = 'gives {room} and says it too; leave out one of them.';
  const args = { room: 'kitchen' };
  expect(problemsOf(['{level}', { say: 'cook [in {room}]', args }])).toEqual([
    `The phrase "cook [in {room}]" ${message}`,
  ]);
  expect(problemsOf(['{level}', { say: 'cook <where>', args }], { rules: { where: 'in {room}' } })).toEqual([
    `The phrase "cook <where>" ${message}`,
  ]);
});

test('A slot that only an argument of a phrase fills is used', () => {
  expect(problemsOf(['{room}', { say: 'bright', args: { level: 100 } }])).toEqual([]);
  const elsewhere = { en: ['{room}'], de: [{ say: 'hell', args: { level: 100 } }] };
  expect(problemsOf(elsewhere)).toEqual([]);
});

test('The same words with different arguments are told, and do not run', () => {
  const phrases = [
    { say: '[the] {room} bright', args: { level: 100 } },
    { say: '{room} bright', args: { level: 90 } },
  ];
  expect(problemsOf(phrases)).toEqual([
    '"{room} bright" is a phrase of light with the arguments {"level":100} and {"level":90}; it would not run. ' +
      'Change one of the phrases.',
  ]);
  const result = understand('kitchen bright', [command('light', phrases, { slots })]);
  expect(result).toMatchObject({ reason: 'This could be light with other arguments.' });
  expect(result.match).toBeUndefined();
  expect(result.choices).toBeUndefined();
});

test('A phrase with an argument of its own is more specific than one that says it', () => {
  const power = command('power', ['{room} {on}', { say: '{room} on', args: { on: 'yes' } }], {
    slots: { room: slots.room, on: list(['on', 'off', 'yes']) },
  });
  expect(problemsOf(power.phrases, power)).toEqual([]);
  expect(understand('kitchen on', [power]).match?.args).toEqual({ room: 'kitchen', on: 'yes' });
});

test('A registry names the parts of a phrase when one is wrong', () => {
  const definition = { phrases: [{ say: 'go', arguments: {} }], run: () => undefined };
  expect(() => new Registry({ language: 'en' }).add('go', definition as never)).toThrow(
    'phrases.0: Unrecognized key: "arguments"',
  );
});

test('A correction keeps them, and so do a repetition and an answer', async () => {
  const ran: unknown[] = [];
  const stage = new SessionStage({
    commands: {
      light: defineCommand({
        phrases: [{ say: 'make the {room} bright', args: { level: 100 } }, 'set the {room} to {level}'],
        slots,
        followUps: [{ phrases: ['and the {room}'] }],
        run: ({ args }) => {
          ran.push(args);
          return { undo: () => undefined };
        },
      }),
    },
  });
  for (const said of ['make the kitchen bright', 'no, the bedroom', 'and the kitchen', 'again', 'no, ten percent'])
    await stage.session.say(said);
  expect(ran).toEqual([
    { room: 'kitchen', level: 100 },
    { room: 'bedroom', level: 100 },
    { room: 'kitchen', level: 100 },
    { room: 'kitchen', level: 100 },
    { room: 'kitchen', level: 10 },
  ]);
  await stage.session.close();
});
