import { expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/index.ts';
import { compileGrammar, list } from '../../src/grammar/index.ts';
import { Matcher, understandText } from '../../src/match/index.ts';
import { command } from '../grammar/commands.ts';

const rooms = { room: list(['kitchen', 'bedroom']) };
const matchers = {
  en: matcherOf('en', ['turn off the {room} lights', 'turn on the light']),
  de: matcherOf('de', ['schalte das Licht ein', 'Licht einschalten', 'mach das Licht an']),
};

function matcherOf(language: string, phrases: string[]): Matcher {
  const slots = phrases.some((phrase) => phrase.includes('{room}')) ? rooms : {};
  const { grammar } = compileGrammar([command('light', phrases, { slots })], { language });
  return new Matcher(grammar, defaultConfig.match);
}

test.each<[keyof typeof matchers, string]>([
  ['en', 'you can turn off the kitchen lights'],
  ['en', 'you could turn on the light'],
  ['en', 'you turn on the light'],
  ['de', 'du kannst Licht einschalten'],
  ['de', 'du machst das Licht an'],
])('%s "%s" says what somebody does, and is no command', (language, said) => {
  expect(understandText(matchers[language], said).match).toBeUndefined();
});

test.each<[keyof typeof matchers, string]>([
  ['en', 'can you turn off the kitchen lights'],
  ['en', 'could you turn on the ligt'],
  ['en', 'could you turn off the kichen lights'],
  ['en', 'can you please turn on the ligt'],
  ['en', 'would you turn off bedroom lights'],
  ['de', 'kannst du Licht einschalten'],
  ['de', 'könntest du bitte das Licht einschalten'],
])('%s "%s" asks for it politely, and is one', (language, said) => {
  expect(understandText(matchers[language], said).match?.command).toBe('light');
});
