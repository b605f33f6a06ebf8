import { expect, it } from 'vitest';
import { compileGrammar, list, type GrammarCommand } from '../../src/grammar/index.ts';

const coffee: GrammarCommand = {
  name: 'coffee',
  phrases: { en: ['make me a {drink}', '{drink} please'], fr: ['un {drink}'] },
  slots: { drink: list(['latte', 'flat white', 'mocha']) },
  examples: [{ say: 'Make me a latte, please.' }, { say: 'un latte', language: 'fr' }],
};
const promptIn = (language: string, commands = [coffee]): string =>
  compileGrammar(commands, { language }).grammar.graph.prompt;

it('The prompt has the examples, and then variants with other values as long as these bring new words', () => {
  expect(promptIn('en')).toBe('Make me a latte, please. Make me a flat white, please. Make me a mocha, please.');
});

it('The prompt has only the examples of the language', () => {
  expect(promptIn('fr')).toBe('Un latte. Un flat white. Un mocha.');
  expect(promptIn('de')).toBe('');
});

it('The prompt stays short however many commands there are', () => {
  const many = Array.from({ length: 500 }, (_, i): GrammarCommand => ({
    name: `c${i}`,
    phrases: [`do thing${i} now`],
    slots: {},
    examples: [{ say: `do thing${i} now` }],
  }));
  expect(promptIn('en', many).split(' ').length).toBeLessThanOrEqual(75);
});

it('The prompt has no spaces in a language that is written without them', () => {
  const lights: GrammarCommand = {
    name: 'lights',
    phrases: ['打开{room}的灯', '关灯'],
    slots: { room: list(['厨房', '客厅']) },
    examples: [{ say: '打开厨房的灯！' }, { say: '关灯' }],
  };
  expect(promptIn('zh', [lights])).toBe('打开厨房的灯。关灯。打开客厅的灯。');
});
