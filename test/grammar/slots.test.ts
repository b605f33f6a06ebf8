import { describe, expect, it } from 'vitest';
import { compileGrammar, duration, list, number, percent, text, tokenize, type Slot } from '../../src/grammar/index.ts';
import { command } from './commands.ts';
import { randomPhrase } from './reference-walker.ts';

/** The value a slot gives for words, through the automaton. */
function read(slot: Slot, words: string, language = 'en'): unknown {
  const { grammar } = compileGrammar([command('c', ['go {x}'], { slots: { x: slot } })], { language });
  return grammar.walk(tokenize(`go ${words}`)).parses[0]?.args['x'];
}

describe('A number', () => {
  const any = number({ min: -100, max: 2000 });
  it.each<[string, string, number | undefined]>([
    ['en', '25', 25], ['en', 'twenty-five', 25], ['en', 'twenty five', 25], ['en', 'one hundred and five', 105], ['en', 'a hundred five', 105],
    ['en', 'fifteen hundred', 1500], ['en', '1,500', 1500], ['en', 'minus five', -5], ['en', '-5', -5], ['en', 'zero', 0], ['en', 'two thousand one', undefined],
    ['en', 'twenty fifty', undefined], ['en', '2001', undefined], ['en', '2.5', undefined],
    ['de', 'fünfundzwanzig', 25], ['de', 'einundzwanzig', 21], ['de', 'hundertfünf', 105], ['de', 'zweihundertdreißig', 230], ['de', 'eintausendfünfhundert', 1500], ['de', 'minus zwei', -2],
    ['fr', 'quatre-vingt-dix-sept', 97], ['fr', 'soixante et onze', 71], ['fr', 'vingt et un', 21], ['fr', 'quatre-vingts', 80], ['fr', 'septante-deux', 72], ['fr', 'deux cents', 200],
    ['es', 'veinticinco', 25], ['es', 'treinta y uno', 31], ['es', 'veintidós', 22], ['es', 'quinientos', 500], ['es', 'mil quinientos', 1500],
  ])('%s %j is %s', (language, words, value) => {
    expect(read(any, words, language)).toBe(value);
  });

  it('may have decimals and steps', () => {
    const temperature = number({ min: 5, max: 30, step: 0.5 });
    expect(['21.5', 'twenty one point five', 'twenty-one and a half', '21.3', '21'].map((words) => read(temperature, words))).toEqual([21.5, 21.5, 21.5, undefined, 21]);
    expect(read(temperature, 'einundzwanzig Komma fünf', 'de')).toBe(21.5);
    expect(read(temperature, '21,5', 'de')).toBe(21.5);
  });

  it('takes digits over a range too large to list', () => {
    expect(read(number({ min: 0, max: 1e9 }), '123456789')).toBe(123_456_789);
    expect(read(number({ min: 0, max: 1e9 }), 'four thousand')).toBe(4000);
  });
});

describe('A percentage', () => {
  it.each<[string, string, number | undefined]>([
    ['en', '50%', 50], ['en', '50 %', 50], ['en', '50 percent', 50], ['en', 'fifty', 50], ['en', 'fifty per cent', 50], ['en', 'half', 50], ['en', 'full', 100],
    ['en', 'a hundred percent', 100], ['en', '101%', undefined], ['en', 'two hundred percent', undefined],
    ['de', 'fünfzig Prozent', 50], ['de', 'die Hälfte', 50], ['fr', 'cinquante pour cent', 50], ['es', 'cincuenta por ciento', 50],
  ])('%s %j is %s', (language, words, value) => {
    expect(read(percent(), words, language)).toBe(value);
  });
});

describe('A duration in seconds', () => {
  it.each<[string, string, number | undefined]>([
    ['en', '5 minutes', 300], ['en', 'five minutes', 300], ['en', 'a minute', 60], ['en', 'an hour and a half', 5400], ['en', '4 and a half hours', 16_200],
    ['en', 'four and a half hours', 16_200], ['en', '1 minute and 45 seconds', 105], ['en', 'half an hour', 1800], ['en', '1.5 hours', 5400], ['en', '90s', 90],
    ['en', '6 hours and 20 minutes', 22_800], ['en', '1 hour 2 minutes 3 seconds', 3723], ['en', 'three quarters of an hour', 2700], ['en', '5', undefined],
    ['en', '5 minutes 2 hours', undefined], ['en', 'two and a half minutes', 150], ['en', 'an hour and a half minute', 3630], ['en', '1h30min', 5400],
    ['de', 'fünf Minuten', 300], ['de', 'eine Stunde und dreißig Minuten', 5400], ['de', 'anderthalb Stunden', 5400], ['de', 'zweieinhalb Stunden', 9000], ['de', 'eine halbe Stunde', 1800],
    ['fr', 'cinq minutes', 300], ['fr', 'une heure et demie', 5400], ['fr', "un quart d'heure", 900], ['fr', 'une demi-heure', 1800],
    ['es', 'cinco minutos', 300], ['es', 'una hora y media', 5400], ['es', 'media hora', 1800], ['es', 'una hora y veinte minutos', 4800],
  ])('%s %j is %s', (language, words, value) => {
    expect(read(duration(), words, language)).toBe(value);
  });
});

describe('A list', () => {
  const rooms = list(['kitchen', 'living-room', { value: 'study', say: ['study', 'home office'] }, { value: 'kids', say: { en: ["kids' room"], de: ['Kinderzimmer'] } }]);
  it.each<[string, string | undefined]>([
    ['kitchen', 'kitchen'], ['living room', 'living-room'], ['livingroom', 'living-room'], ['home office', 'study'], ["kids' room", 'kids'], ['kids room', 'kids'], ['cellar', undefined],
  ])('%j is %s', (words, value) => {
    expect(read(rooms, words)).toBe(value);
  });

  it('speaks the language of the session', () => {
    expect(read(rooms, 'Kinderzimmer', 'de')).toBe('kids');
  });

  it('writes numbers both ways', () => {
    const sizes = list(['eight ounce', '12 inch']);
    expect(['8-ounce', '8 ounce', 'eight ounce', 'twelve inch'].map((words) => read(sizes, words))).toEqual(['eight ounce', 'eight ounce', 'eight ounce', '12 inch']);
  });

  it('takes plurals where asked to', () => {
    expect(read(list(['blind', 'box']), 'blinds')).toBeUndefined();
    expect(['blinds', 'boxes'].map((words) => read(list(['blind', 'box'], { plurals: true }), words))).toEqual(['blind', 'box']);
  });

  it('checks values with its schema', () => {
    expect(rooms.schema.safeParse('study').success).toBe(true);
    expect(rooms.schema.safeParse('cellar').success).toBe(false);
  });
});

describe('Free text', () => {
  it('is whatever was said, within its limit', () => {
    expect(read(text(), 'call Aoife, tomorrow!')).toBe('call aoife tomorrow');
    expect(read(text({ maxWords: 2 }), 'one two three')).toBeUndefined();
  });
});

describe.each(['en', 'de', 'fr', 'es'])('In %s', (language) => {
  it.each<[string, Slot]>([['number', number({ min: -50, max: 1200 })], ['decimal', number({ min: 0, max: 20, step: 0.5 })], ['percent', percent()], ['duration', duration()]])(
    'everything that the automaton lets through as %s has a value that fits', (_name, slot) => {
      const { grammar } = compileGrammar([command('c', ['zz {x} yy'], { slots: { x: slot } })], { language });
      let seed = 1;
      const pick = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
      for (let i = 0; i < 400; i++) {
        const words = randomPhrase(grammar.graph, pick);
        const parse = words && grammar.walk(tokenize(words.join(' '))).parses[0];
        expect(slot.schema.safeParse(parse?.args['x']).success, words?.join(' ')).toBe(true);
      }
    });
});
