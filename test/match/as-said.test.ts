import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/index.ts';
import { compileGrammar, list, text, type GrammarCommand } from '../../src/grammar/index.ts';
import { asSaid, Matcher, understandText } from '../../src/match/index.ts';
import { command } from '../grammar/commands.ts';

const commands: GrammarCommand[] = [
  command('door', ['öffne die große Tür', 'schließe das Tor']),
  command('say', ['sage {what}', '{what} laut sagen'], { slots: { what: text() } }),
  command('note', ['{what} als Notiz für {who} speichern'], {
    slots: { what: text(), who: list(['Anna', 'Jörg']) },
  }),
];
const matcher = new Matcher(compileGrammar(commands, { language: 'de', chain: true }).grammar, defaultConfig.match);

describe('What was understood is told as it was said:', () => {
  it.each([
    ['Öffne die große Tür!', 'Öffne die große Tür', {}],
    ['ÖFFNE, äh, die GROSSE Tur', 'ÖFFNE, die GROSSE Tur', {}],
    ['Sage Die Bücher von Günter Grass', 'Sage Die Bücher von Günter Grass', { what: 'Die Bücher von Günter Grass' }],
    ['Sage sage', 'Sage sage', { what: 'sage' }],
    ['Sage „Ja, C++“.', 'Sage „Ja, C++', { what: 'Ja, C++' }],
    ['Danke laut sagen', 'Danke laut sagen', { what: 'Danke' }],
    [
      'Milch, Eier als Notiz für Jörg speichern',
      'Milch, Eier als Notiz für Jörg speichern',
      { what: 'Milch, Eier', who: 'Jörg' },
    ],
  ])('%j', (said, phrase, args) => {
    const { match } = understandText(matcher, said);
    expect(match).toMatchObject({ phrase, args });
  });

  it('each of several commands', () => {
    const { match, also } = understandText(matcher, 'Öffne die große Tür und Schließe das Tor');
    expect([match, ...(also ?? [])].map((one) => one?.phrase)).toEqual(['Öffne die große Tür', 'Schließe das Tor']);
  });

  it('words that were not said as the command writes them', () => {
    const { match, candidates } = understandText(matcher, 'Öffne die große Tüür');
    expect(match ?? candidates[0]).toMatchObject({ phrase: 'Öffne die große Tür' });
  });

  it('slots with their words', () => {
    expect(understandText(matcher, 'Milch als Notiz für Jörg speichern').slots).toMatchObject([
      { name: 'what', words: 'Milch', value: 'Milch' },
      { name: 'who', words: 'Jörg', value: 'Jörg' },
    ]);
  });

  it('by the reading that was taken', () => {
    const result = matcher.match('sage die ärzte');
    expect(asSaid(result, ['Sager Ärzte', 'Sage: Die Ärzte'], matcher.grammar).match).toMatchObject({
      phrase: 'Sage: Die Ärzte',
      args: { what: 'Die Ärzte' },
    });
  });
});

it.each([
  ['cy', 'trowch olau mawr y gegin fach ymlaen nawr', 'paid trowch olau mawr y gegin fach ymlaen nawr'],
  ['zh', '打开客厅和厨房的所有灯', '别打开客厅和厨房的所有灯'],
])('In %s, where no word is known to turn a command around, nothing near counts', (language, phrase, other) => {
  const only = new Matcher(compileGrammar([command('c', [phrase])], { language }).grammar, defaultConfig.match);
  expect(understandText(only, phrase).match?.command).toBe('c');
  expect(understandText(only, other)).not.toHaveProperty('match');
});
