import { expect, test } from 'vitest';
import { Matcher, type MatchResult } from '../../src/match/index.ts';
import { Grammars } from '../../src/session/grammars.ts';
import { defaultConfig } from '../../src/config/index.ts';
import { defineCommand, Registry, type Risk } from '../../src/registry/index.ts';
import type { CommandMatch } from '../../src/types.ts';
import { SessionStage, settle } from './stage.ts';

const ran: string[] = [];

/** A session whose matcher is unsure about "lamp own". */
function stageOf(risk: Risk = 'low'): SessionStage {
  ran.length = 0;
  const commands = {
    lamp: defineCommand({
      phrases: ['lamp on'],
      risk,
      run: () => {
        ran.push('lamp');
      },
    }),
    wipe: defineCommand({
      phrases: ['wipe it'],
      risk: 'high',
      run: () => {
        ran.push('wipe');
      },
    }),
  };
  const registry = new Registry({ language: 'en' });
  for (const [name, definition] of Object.entries(commands)) registry.add(name, definition);
  const grammars = new Grammars(registry, defaultConfig.match);
  const unsure: MatchResult = {
    candidates: [],
    completeness: 'none',
    reason: 'Not sure enough.',
    suggestion: { command: 'lamp', args: {}, score: 0.7, via: 'near', phrase: 'lamp on', candidates: [] },
  };
  class UnsureMatcher extends Matcher {
    override match(text: string): MatchResult {
      return text === 'lamp own' ? unsure : super.match(text);
    }
  }
  return new SessionStage({
    commands,
    grammars: {
      get: (...options) => {
        const active = grammars.get(...options);
        return { ...active, matcher: new UnsureMatcher(active.matcher.grammar, defaultConfig.match) };
      },
      prepare: (...options) => grammars.prepare(...options),
    },
  });
}

test('an unsure command leads to a question, and a "yes" runs it', async () => {
  const stage = stageOf();
  const done = stage.session.say('lamp own');
  await settle();
  expect(stage.of('prompt')).toMatchObject([{ command: 'lamp', kind: 'confirm', text: 'Did you mean “lamp on”?' }]);
  await stage.session.say('sure');
  await done;
  expect(ran).toEqual(['lamp']);
  expect(stage.of('command.matched')).toMatchObject([{ command: 'lamp', score: 0.7 }]);
});

test.each([
  ['no', 'Not sure enough. The speaker said no.'],
  ['wipe it', 'Not sure enough. Another command was given.'],
])('"%s" leaves it not understood', async (answer, reason) => {
  const stage = stageOf();
  const done = stage.session.say('lamp own');
  await settle();
  const other = stage.session.say(answer);
  await done;
  expect(ran).toEqual([]);
  expect(stage.of('command.unmatched')).toMatchObject([{ text: 'lamp own', reason }]);
  await stage.session.close();
  await other;
});

test.each<Risk>(['medium', 'high'])('a command of %s risk is never suggested', async (risk) => {
  const stage = stageOf(risk);
  await stage.session.say('lamp own');
  expect(stage.types).toEqual(['command.unmatched']);
});

test('nothing is suggested while a question is open', async () => {
  const stage = stageOf();
  const wiping = stage.session.say('wipe it');
  await settle();
  await stage.session.say('lamp own');
  expect(stage.of('prompt').map(({ command }) => command)).toEqual(['wipe']);
  expect(stage.of('command.unmatched')).toMatchObject([{ text: 'lamp own', reason: 'Not sure enough.' }]);
  expect(stage.session.answer(stage.of('prompt')[0]!.prompt_id, 'yes')).toBe(true);
  await wiping;
  expect(ran).toEqual(['wipe']);
});

/** A session with a model that suggests the lamp for everything, when it is told to. */
function withLastResort(risk: Risk = 'low'): { stage: SessionStage; answer: () => void; asked: string[] } {
  ran.length = 0;
  const asked: string[] = [];
  const waiting: (() => void)[] = [];
  const lamp: CommandMatch = { command: 'lamp', args: {}, score: 0.8, via: 'model', phrase: 'lamp on', candidates: [] };
  const stage = new SessionStage({
    commands: {
      lamp: defineCommand({ phrases: ['lamp on'], risk, run: () => void ran.push('lamp') }),
      wipe: defineCommand({ phrases: ['wipe it'], run: () => void ran.push('wipe') }),
    },
    wake: { phrases: ['computer'] },
    lastResort: {
      suggest: ({ text, mayBeMeant }) => {
        asked.push(`${text}: ${mayBeMeant('lamp')}`);
        return new Promise((resolve) => waiting.push(() => resolve(lamp)));
      },
    },
  });
  return { stage, asked, answer: () => waiting.shift()!() };
}

test('what the model suggests is asked about, and runs after a yes', async () => {
  const { stage, asked, answer } = withLastResort();
  const done = stage.session.say('computer, let there be light');
  await settle();
  answer();
  await settle();
  expect(asked).toEqual(['let there be light: true']);
  expect(stage.of('prompt')).toMatchObject([{ text: 'Did you mean “lamp on”?' }]);
  await stage.session.say('yes');
  await done;
  expect(ran).toEqual(['lamp']);
  expect(stage.of('command.matched')).toMatchObject([{ command: 'lamp', score: 0.8, via: 'model' }]);
  expect(stage.of('command.completed')).toMatchObject([{ timing: { model: expect.any(Number) as number } }]);
});

test('a suggestion that comes after another phrase is dropped', async () => {
  const { stage, answer } = withLastResort();
  const first = stage.session.say('let there be light');
  await settle();
  await stage.session.say('wipe it');
  answer();
  await first;
  expect(stage.of('prompt')).toEqual([]);
  expect(stage.of('command.unmatched')).toMatchObject([{ text: 'let there be light' }]);
  expect(ran).toEqual(['wipe']);
});

test('a command that is matched needs no model', async () => {
  const { stage, asked } = withLastResort();
  await stage.session.say('lamp on');
  expect([ran, asked]).toEqual([['lamp'], []]);
});

test.each<Risk>(['medium', 'high'])(
  'a command of %s risk that a model suggests all the same is not asked about',
  async (risk) => {
    const { stage, asked, answer } = withLastResort(risk);
    const done = stage.session.say('let there be light');
    await settle();
    answer();
    await done;
    expect([asked, ran, stage.of('prompt')]).toEqual([['let there be light: false'], [], []]);
  },
);
