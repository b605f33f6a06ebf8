import { describe, expect, test } from 'vitest';
import { CommandSearch, countWords, foldForSearch } from '../../web/command-search.ts';
import type { CommandInfo } from '../../web/view-state.ts';

const info = (name: string, parts: Partial<CommandInfo> = {}): CommandInfo => ({
  name,
  description: '',
  contexts: [],
  phrases: [],
  examples: [],
  ...parts,
});

const commands = [
  info('coffee', { description: 'Brews a café crème.', phrases: ['(make|brew) [me] (a|an) {drink}'] }),
  info('blinds', { description: 'Opens the blinds.', examples: ['open the blinds'] }),
  info('strasse', { description: 'Nennt die Straße.' }),
  info('next-song', { contexts: ['music'] }),
];

const found = (query: string): string[] => new CommandSearch().find(commands, query).map(({ name }) => name);

describe('searching what can be said', () => {
  test.each([
    ['', ['coffee', 'blinds', 'strasse', 'next-song']],
    ['  ', ['coffee', 'blinds', 'strasse', 'next-song']],
    ['BLINDS', ['blinds']],
    ['open the', ['blinds']],
    ['cafe creme', ['coffee']],
    ['brew drink', ['coffee']],
    ['strasse', ['strasse']],
    ['straße', ['strasse']],
    ['next song', ['next-song']],
    ['music', ['next-song']],
    ['brew blinds', []],
    ['zzz', []],
  ])('for “%s” finds %j', (query, names) => {
    expect(found(query)).toEqual(names);
  });

  test('folds accents however they are encoded, and scripts without accents stay as they are', () => {
    expect(foldForSearch('Crème BRÛLÉE')).toBe('creme brulee');
    expect(foldForSearch('cre\u0300me')).toBe('creme');
    expect(foldForSearch('İstanbul')).toBe('istanbul');
    expect(foldForSearch('打开灯')).toBe('打开灯');
  });
});

test.each([
  [1, 1, '1 command'],
  [500, 500, '500 commands'],
  [3, 500, '3 of 500 commands'],
  [0, 500, 'None of 500 commands has all these words'],
])('%d found of %d is told as “%s”', (some, all, words) => {
  expect(countWords(some, all)).toBe(words);
});
