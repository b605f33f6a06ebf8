import { expect, test } from 'vitest';
import { list } from '../../src/grammar/index.ts';
import { Contexts, defineCommand, Registry } from '../../src/registry/index.ts';
import { SessionStage } from './stage.ts';

const room = list(['kitchen', 'bedroom']);
const run = (): undefined => undefined;
const ran: unknown[] = [];

function stageOf(): SessionStage {
  ran.length = 0;
  return new SessionStage({
    commands: {
      light: defineCommand({
        phrases: [
          'light in the {room}',
          { say: 'turn on the light', fill: ['room'] },
          { say: 'all lights', args: { room: 'bedroom' }, unless: ['room=kitchen'] },
          { say: 'cook', args: { room: 'kitchen' }, contexts: ['room=kitchen'] },
        ],
        slots: { room },
        followUps: [{ phrases: ['no there in the {room}', { say: 'here too', fill: ['room'] }] }],
        run: ({ args }) => void ran.push(args.room),
      }),
      go: defineCommand({
        phrases: ['go to the {room}', 'go out'],
        slots: { room },
        run: ({ args, contexts }) => {
          if (args.room) contexts.enter(`room=${args.room}`);
          else contexts.leave('room');
        },
      }),
    },
  });
}

async function sayAll(stage: SessionStage, phrases: readonly string[]): Promise<unknown[]> {
  ran.length = 0;
  for (const phrase of phrases) await stage.session.say(phrase);
  return [...ran];
}

test('The value of a context fills a slot, and follows the context', async () => {
  const stage = stageOf();
  const said = [
    'turn on the light',
    'go to the kitchen',
    'turn on the light',
    'go to the bedroom',
    'turn on the light',
  ];
  expect(await sayAll(stage, said)).toEqual(['kitchen', 'bedroom']);
  expect(await sayAll(stage, ['go out', 'turn on the light'])).toEqual([]);
  await stage.session.close();
});

test('A phrase can need a value, and be barred by one', async () => {
  const stage = stageOf();
  expect(await sayAll(stage, ['cook', 'all lights'])).toEqual(['bedroom']);
  stage.session.setContexts(['room=kitchen']);
  expect(await sayAll(stage, ['cook', 'all lights'])).toEqual(['kitchen']);
  await stage.session.close();
});

test('A value that the slot does not have fills nothing', async () => {
  const stage = stageOf();
  stage.session.setContexts(['room=garage']);
  expect(await sayAll(stage, ['turn on the light', 'all lights'])).toEqual(['bedroom']);
  await stage.session.close();
});

test('A follow-up takes the value of a context too', async () => {
  const stage = stageOf();
  stage.session.setContexts(['room=bedroom']);
  expect(await sayAll(stage, ['light in the kitchen', 'here too'])).toEqual(['kitchen', 'bedroom']);
  await stage.session.close();
});

test('A session has one value of a context, and its name stands for any', () => {
  const contexts = new Contexts({ contexts: ['room', 'slides'] }, ['room=kitchen', 'room=bedroom', 'slides']);
  expect(contexts.active).toEqual(['room=bedroom', 'slides']);
  contexts.enter('room=living room');
  expect(contexts.active).toEqual(['room=living room', 'slides']);
  contexts.leave('room');
  expect(contexts.active).toEqual(['slides']);
  expect(() => contexts.enter('floor=1')).toThrow(
    'No command names the context "floor=1"; they name "room", "slides".',
  );
});

const problemsOf = (
  phrases: Parameters<typeof defineCommand>[0]['phrases'],
  examples: { say: string; args?: object; contexts?: string[] }[] = [],
): string[] => {
  const registry = new Registry({ language: 'en' });
  try {
    registry.add('light', { phrases, slots: { room }, examples: examples as [], run });
  } catch (error) {
    return [(error as Error).message];
  }
  return registry.problems.map(({ message }) => message);
};

test('Phrases that different contexts allow may be the same words', () => {
  expect(
    problemsOf([
      '{room}',
      { say: 'light', args: { room: 'kitchen' }, contexts: ['room=kitchen'] },
      { say: 'light', args: { room: 'bedroom' }, contexts: ['room=bedroom'] },
    ]),
  ).toEqual([]);
  expect(problemsOf(['{room}', { say: 'light', unless: ['room'] }, { say: 'light', fill: ['room'] }])).toEqual([]);
  expect(problemsOf(['{room}', 'light', { say: 'light', fill: ['room'] }])).toEqual([
    expect.stringContaining('"light" is a phrase of light with the arguments {} and {"room":"context room"}'),
  ]);
});

test('An example says in which contexts it is said', () => {
  const phrases = ['{room} light', { say: 'light', fill: ['room'] as const }];
  expect(problemsOf(phrases, [{ say: 'light', args: { room: 'kitchen' }, contexts: ['room=kitchen'] }])).toEqual([]);
  expect(problemsOf(phrases, [{ say: 'light', args: { room: 'kitchen' } }])).toEqual([
    'The example "light" is not this command: it is understood as light.',
  ]);
});

test.each([
  [{ say: 'light', fill: ['floor'] }, 'gives {floor}, but there is no slot of that name'],
  [{ say: '{room} light', fill: ['room'] }, 'gives {room} and says it too'],
  [{ say: 'light', fill: ['room'], args: { room: 'kitchen' } }, 'gives {room} twice'],
  [
    { say: 'light', contexts: ['the room'] },
    'phrases.1.contexts.0: a name of letters, digits and hyphens was expected, perhaps with a value',
  ],
])('%j is refused', (phrase, message) => {
  expect(problemsOf(['{room}', phrase as never])).toEqual([expect.stringContaining(message)]);
});
