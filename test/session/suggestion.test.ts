import { expect, test } from 'vitest';
import { Matcher, type MatchResult } from '../../src/match/index.ts';
import { Grammars } from '../../src/session/grammars.ts';
import { defaultConfig } from '../../src/config/index.ts';
import { defineCommand, Registry, type Risk } from '../../src/registry/index.ts';
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
