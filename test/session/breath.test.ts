import { beforeEach, expect, test, vi } from 'vitest';
import { defaultConfig } from '../../src/config/index.ts';
import { dryRunner } from '../../src/dispatch/index.ts';
import { compileGrammar } from '../../src/grammar/index.ts';
import { Interpreter } from '../../src/session/interpreter.ts';
import { Matcher, type MatchResult } from '../../src/match/index.ts';
import { defineCommand, type CommandDefinition } from '../../src/registry/index.ts';
import { machineClock, type CommandMatch } from '../../src/types.ts';
import { SessionStage, settle } from './stage.ts';

const ran: string[] = [];
const commandOf = (phrase: string, more: Partial<CommandDefinition> = {}): CommandDefinition =>
  defineCommand({
    phrases: [phrase],
    run: () => {
      ran.push(phrase);
    },
    ...more,
  });

const commands = {
  lamp: commandOf('turn on the lamp'),
  radio: commandOf('start the radio'),
  door: commandOf('open the door', { risk: 'high' }),
};

beforeEach(() => {
  ran.length = 0;
});

const answer = async (stage: SessionStage, text: string): Promise<void> => {
  stage.session.answer(stage.of('prompt').at(-1)!.prompt_id, text);
  await settle();
};

test('commands of one breath run one after the other, spoken and typed', async () => {
  const stage = new SessionStage({ commands });
  await stage.session.say('turn on the lamp and start the radio');
  await stage.phrase('Turn on the lamp, and then start the radio.');
  expect(ran).toEqual(['turn on the lamp', 'start the radio', 'turn on the lamp', 'start the radio']);
  expect(stage.of('command.completed').map(({ command }) => command)).toEqual(['lamp', 'radio', 'lamp', 'radio']);
});

test('the question of a high-risk command comes after the command before it has run', async () => {
  const stage = new SessionStage({ commands });
  const done = stage.session.say('turn on the lamp and open the door and start the radio');
  await settle();
  expect(ran).toEqual(['turn on the lamp']);
  expect(stage.types).toEqual(['command.matched', 'command.completed', 'command.matched', 'prompt']);
  expect(stage.of('prompt')).toMatchObject([{ command: 'door', kind: 'confirm' }]);
  await answer(stage, 'yes');
  await done;
  expect(ran).toEqual(['turn on the lamp', 'open the door', 'start the radio']);
});

test('a "no" keeps only its own command from running', async () => {
  const stage = new SessionStage({ commands });
  const done = stage.session.say('open the door and turn on the lamp');
  await settle();
  await answer(stage, 'no');
  await done;
  expect(stage.of('command.refused')).toMatchObject([{ command: 'door', reason: 'The speaker said no.' }]);
  expect(ran).toEqual(['turn on the lamp']);
});

test('the time that a question takes does not make the command after it older', async () => {
  const stage = new SessionStage({ commands });
  const done = stage.session.say('open the door and turn on the lamp');
  await settle();
  const nowMs = performance.now();
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => nowMs + 11_000);
  await answer(stage, 'yes');
  await done;
  clock.mockRestore();
  expect(ran).toEqual(['open the door', 'turn on the lamp']);
});

test('no command of a chain is surer than the whole phrase', async () => {
  const given: CommandMatch[] = [];
  const matcher = new Matcher(compileGrammar([], { language: 'en' }).grammar, defaultConfig.match);
  const interpreter = new Interpreter({
    clock: machineClock,
    language: () => 'en',
    matcher: () => matcher,
    publish: () => undefined,
    replies: { understand: () => undefined },
    dispatcher: {
      ...dryRunner,
      run: (match, context) => {
        given.push(match);
        return dryRunner.run(match, context);
      },
    },
  });
  const match: CommandMatch = {
    command: 'lamp',
    args: {},
    phrase: 'turn on the lamp',
    score: 0.8,
    via: 'grammar',
    candidates: [],
  };
  const also: CommandMatch[] = [
    { ...match, command: 'oven', score: 1, via: 'exact' },
    { ...match, command: 'radio', score: 0.7 },
  ];
  const result: MatchResult = { match, also, candidates: [], completeness: 'closed' };
  await interpreter.interpret('turn on the lamp and so on', {
    understood: { result, matchMs: 0 },
    spokenAtMs: performance.now(),
  });
  expect(given.map(({ command, score, via }) => [command, score, via])).toEqual([
    ['lamp', 0.8, 'grammar'],
    ['oven', 0.8, 'grammar'],
    ['radio', 0.7, 'grammar'],
  ]);
});

test('a part that is not a command is reported, and nothing runs', async () => {
  const stage = new SessionStage({ commands });
  await stage.session.say('turn on the lamp and the heating in the hall');
  await stage.phrase('Turn on the lamp and the heating in the hall.');
  expect(ran).toEqual([]);
  const unmatched = {
    unknown: { where: 'after', words: 'the heating in the hall' },
    reason: 'I know “turn on the lamp”, and not “the heating in the hall”. Nothing was done.',
  };
  expect(stage.of('command.unmatched')).toMatchObject([unmatched, unmatched]);
});

test('a whole command ends its segment at once, although "and" might follow', async () => {
  const stage = new SessionStage({ commands });
  await stage.speak(20);
  await stage.pause(4);
  stage.reading.succeed({ text: 'Turn on the lamp.' });
  await settle();
  expect(stage.of('speech.ended')).toMatchObject([{ reason: 'complete' }]);
  await stage.phrase('And start the radio.');
  expect(ran).toEqual(['turn on the lamp', 'start the radio']);
});
