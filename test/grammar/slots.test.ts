import { describe, expect, it } from 'vitest';
import { compileGrammar, duration, list, number, percent, text, tokenize, type Slot } from '../../src/grammar/index.ts';
import { command } from './commands.ts';
import { randomPhrase } from './reference-walker.ts';

/** Returns the value that a slot gives for words, through the automaton. */
function read(slot: Slot, words: string, language = 'en'): unknown {
  const { grammar } = compileGrammar([command('c', ['go {x}'], { slots: { x: slot } })], { language });
  return grammar.walk(tokenize(`go ${words}`)).parses[0]?.args['x'];
}

describe('A number', () => {
  const any = number({ min: -100, max: 2000 });
  it.each<[string, string, number | undefined]>([
    ['en', '25', 25],
    ['en', 'twenty-five', 25],
    ['en', 'twenty five', 25],
    ['en', 'one hundred and five', 105],
    ['en', 'a hundred five', 105],
    ['en', 'fifteen hundred', 1500],
    ['en', '1,500', 1500],
    ['en', 'minus five', -5],
    ['en', '-5', -5],
    ['en', 'zero', 0],
    ['en', 'hundred', 100],
    ['en', 'twelve hundred and fifty', 1250],
    ['en', 'one thousand four hundred and twenty-one', 1421],
    ['en', 'a thousand', 1000],
    ['en', '05', 5],
    ['en', 'two thousand one', undefined],
    ['en', 'twenty fifty', undefined],
    ['en', '2001', undefined],
    ['en', '2.5', undefined],
    ['de', 'fünfundzwanzig', 25],
    ['de', 'einundzwanzig', 21],
    ['de', 'hundertfünf', 105],
    ['de', 'zweihundertdreißig', 230],
    ['de', 'eintausendfünfhundert', 1500],
    ['de', 'minus zwei', -2],
    ['de', 'zwölfhundert', 1200],
    ['de', 'hundertundfünf', 105],
    ['de', 'hundert fünf', 105],
    ['de', 'fünf und zwanzig', 25],
    ['de', '1.500', 1500],
    ['de', 'dreissig', 30],
    ['fr', 'quatre-vingt-dix-sept', 97],
    ['fr', 'soixante et onze', 71],
    ['fr', 'vingt et un', 21],
    ['fr', 'quatre-vingts', 80],
    ['fr', 'septante-deux', 72],
    ['fr', 'deux cents', 200],
    ['fr', '1 500', 1500],
    ['fr', 'mille deux cents', 1200],
    ['fr', 'quatre-vingt-un', 81],
    ['es', 'doscientas', 200],
    ['es', '1.500', 1500],
    ['es', 'veintiún', 21],
    ['es', 'veinticinco', 25],
    ['es', 'treinta y uno', 31],
    ['es', 'veintidós', 22],
    ['es', 'quinientos', 500],
    ['es', 'mil quinientos', 1500],
  ])('%s %j is %s', (language, words, value) => {
    expect(read(any, words, language)).toBe(value);
  });

  it('may have decimals and steps', () => {
    const temperature = number({ min: 5, max: 30, step: 0.5 });
    expect(
      ['21.5', 'twenty one point five', 'twenty-one and a half', '21.3', '21'].map((words) => read(temperature, words)),
    ).toEqual([21.5, 21.5, 21.5, undefined, 21]);
    expect(read(temperature, 'einundzwanzig Komma fünf', 'de')).toBe(21.5);
    expect(read(temperature, '21,5', 'de')).toBe(21.5);
  });

  it.each<[string, string, number | undefined]>([
    ['en', 'one point five', 1.5],
    ['en', '21 point 5', 21.5],
    ['en', 'point five', 0.5],
    ['en', '.5', 0.5],
    ['en', '21½', 21.5],
    ['en', 'a hundred point one', undefined],
    ['de', 'ein Komma fünf', 1.5],
    ['de', 'anderthalb', 1.5],
    ['de', 'zweieinhalb', 2.5],
    ['de', 'null Komma fünf', 0.5],
    ['de', '1.500', undefined],
    ['fr', 'vingt et un virgule cinq', 21.5],
    ['fr', 'un et demi', 1.5],
    ['es', 'veintiuno y medio', 21.5],
    ['es', 'cero coma cinco', 0.5],
  ])('with decimals: %s %j is %s', (language, words, value) => {
    expect(read(number({ min: 0, max: 50, step: 0.1 }), words, language)).toBe(value);
  });

  it('takes digits over a range too large to list', () => {
    expect(read(number({ min: 0, max: 1e9 }), '123456789')).toBe(123_456_789);
    expect(read(number({ min: 0, max: 1e9 }), 'four thousand')).toBe(4000);
  });
});

describe('A percentage', () => {
  it.each<[string, string, number | undefined]>([
    ['en', '50%', 50],
    ['en', '50 %', 50],
    ['en', '50 percent', 50],
    ['en', 'fifty', 50],
    ['en', 'fifty per cent', 50],
    ['en', 'half', 50],
    ['en', 'full', 100],
    ['en', 'a hundred percent', 100],
    ['en', 'hundred percent', 100],
    ['en', 'fifty-percent', 50],
    ['en', '50.0%', 50],
    ['en', '50.5%', undefined],
    ['en', '101%', undefined],
    ['en', 'two hundred percent', undefined],
    ['de', 'fünfzig Prozent', 50],
    ['de', 'die Hälfte', 50],
    ['fr', 'cinquante pour cent', 50],
    ['es', 'cincuenta por ciento', 50],
    ['es', 'cien por cien', 100],
    ['fr', '50 %', 50],
    ['de', 'einhundert Prozent', 100],
  ])('%s %j is %s', (language, words, value) => {
    expect(read(percent(), words, language)).toBe(value);
  });
});

describe('A duration in seconds', () => {
  it.each<[string, string, number | undefined]>([
    ['en', '5 minutes', 300],
    ['en', 'five minutes', 300],
    ['en', 'a minute', 60],
    ['en', 'an hour and a half', 5400],
    ['en', '4 and a half hours', 16_200],
    ['en', 'four and a half hours', 16_200],
    ['en', '1 minute and 45 seconds', 105],
    ['en', 'half an hour', 1800],
    ['en', '1.5 hours', 5400],
    ['en', '90s', 90],
    ['en', '6 hours and 20 minutes', 22_800],
    ['en', '1 hour 2 minutes 3 seconds', 3723],
    ['en', 'three quarters of an hour', 2700],
    ['en', '5', undefined],
    ['en', '5 minutes 2 hours', undefined],
    ['en', 'two and a half minutes', 150],
    ['en', 'an hour and a half minute', 3630],
    ['en', '1h30min', 5400],
    ['en', 'half hour', 1800],
    ['en', 'a quarter hour', 900],
    ['en', 'ninety seconds', 90],
    ['en', '5-minute', 300],
    ['en', 'one hour, five minutes', 3900],
    ['en', 'a couple of minutes', 120],
    ['en', 'two and a quarter hours', 8100],
    ['en', 'one hour thirty', 5400],
    ['en', 'two minutes 30', 150],
    ['en', 'an hour and thirty', 5400],
    ['en', 'an hour and ninety', undefined],
    ['en', 'one hour ninety', undefined],
    ['de', 'fünf Minuten', 300],
    ['de', 'eine Stunde und dreißig Minuten', 5400],
    ['de', 'anderthalb Stunden', 5400],
    ['de', 'zweieinhalb Stunden', 9000],
    ['de', 'eine halbe Stunde', 1800],
    ['de', 'eine Viertelstunde', 900],
    ['de', 'Dreiviertelstunde', 2700],
    ['de', 'dreiviertel Stunde', 2700],
    ['de', 'eine Stunde dreißig', 5400],
    ['de', 'einer Minute', 60],
    ['fr', 'cinq minutes', 300],
    ['fr', 'une heure et demie', 5400],
    ['fr', "un quart d'heure", 900],
    ['fr', 'une demi-heure', 1800],
    ['fr', '1h30', 5400],
    ['fr', 'une heure trente', 5400],
    ['fr', 'une heure et quart', 4500],
    ['fr', "trois quarts d'heure", 2700],
    ['fr', 'deux minutes et demie', 150],
    ['es', 'hora y media', 5400],
    ['es', 'tres cuartos de hora', 2700],
    ['es', 'un minuto y medio', 90],
    ['es', 'veintiún minutos', 1260],
    ['es', 'cinco minutos', 300],
    ['es', 'una hora y media', 5400],
    ['es', 'media hora', 1800],
    ['es', 'una hora y veinte minutos', 4800],
  ])('%s %j is %s', (language, words, value) => {
    expect(read(duration(), words, language)).toBe(value);
  });
});

describe('A list', () => {
  const rooms = list([
    'kitchen',
    'living-room',
    { value: 'study', say: ['study', 'home office'] },
    { value: 'kids', say: { en: ["kids' room"], de: ['Kinderzimmer'] } },
  ]);
  it.each<[string, string | undefined]>([
    ['kitchen', 'kitchen'],
    ['living room', 'living-room'],
    ['livingroom', 'living-room'],
    ['home office', 'study'],
    ["kids' room", 'kids'],
    ['kids room', 'kids'],
    ['cellar', undefined],
  ])('%j is %s', (words, value) => {
    expect(read(rooms, words)).toBe(value);
  });

  it('uses the language of the session', () => {
    expect(read(rooms, 'Kinderzimmer', 'de')).toBe('kids');
  });

  it('writes numbers both ways', () => {
    const sizes = list(['eight ounce', '12 inch']);
    expect(['8-ounce', '8 ounce', 'eight ounce', 'twelve inch'].map((words) => read(sizes, words))).toEqual([
      'eight ounce',
      'eight ounce',
      'eight ounce',
      '12 inch',
    ]);
  });

  it('takes short forms for long ones and the other way round', () => {
    const songs = list(['what is love', "don't stop me now"]);
    expect(
      ["what's love", 'What is love?', 'do not stop me now', 'dont stop me now'].map((words) => read(songs, words)),
    ).toEqual(['what is love', 'what is love', "don't stop me now", "don't stop me now"]);
  });

  it('accepts plurals if asked to', () => {
    expect(read(list(['blind', 'box']), 'blinds')).toBeUndefined();
    expect(['blinds', 'boxes'].map((words) => read(list(['blind', 'box'], { plurals: true }), words))).toEqual([
      'blind',
      'box',
    ]);
  });

  it('tells values by their signs', () => {
    const languages = list(['C', 'C++', 'C#']);
    expect(['c', 'C++', 'c plus plus', 'C#', 'c sharp'].map((words) => read(languages, words))).toEqual([
      'C',
      'C++',
      'C++',
      'C#',
      'C#',
    ]);
    expect(read(languages, 'c dièse', 'fr')).toBe('C#');
  });

  it('takes "OK", "okay" and "O.K." for one word in every language', () => {
    for (const language of ['en', 'de', 'cy']) {
      expect(['OK', 'okay', 'O.K.', 'Okay'].map((words) => read(list(['OK']), words, language))).toEqual(
        Array(4).fill('OK'),
      );
    }
  });

  it('may have templates in what is said', () => {
    const room = list([{ value: 'living', say: ['[the] (living|sitting) room[s]'] }]);
    expect(['living room', 'the sitting rooms', 'the room', 'living'].map((words) => read(room, words))).toEqual([
      'living',
      'living',
      undefined,
      undefined,
    ]);
  });

  it('says which template is wrong, and where', () => {
    const problems = (say: string): string[] => list([{ value: 'x', say: [say] }]).problems();
    expect(problems('[the (room')).toEqual([
      'what is said for "x" is wrong: "(" is never closed by ")", at position 6 of "[the (room"',
    ]);
    expect(problems('the {room}').join()).toContain('neither slots nor rules');
    expect(problems('(a|b|c|d|e) '.repeat(5)).join()).toContain('more than 1000 phrases');
  });

  it('says in any language what is said in it', () => {
    const lamp = list([{ value: 'lamp', say: { en: ['lamp'], it: ['lampada'], 'pt-BR': ['abajur'] } }]);
    expect(['it', 'it-CH', 'pt', 'cy'].map((language) => read(lamp, 'lampada', language))).toEqual([
      'lamp',
      'lamp',
      undefined,
      undefined,
    ]);
    expect(read(lamp, 'abajur', 'pt')).toBe('lamp');
  });

  it('gives data as a value, and takes the same data back', () => {
    const room = list([
      { value: { id: 3, floor: 'upper' }, say: ['den'] },
      { value: { id: 4, floor: 'lower' }, say: ['kitchen'] },
    ]);
    expect(read(room, 'den')).toEqual({ id: 3, floor: 'upper' });
    expect(room.schema.safeParse({ id: 4, floor: 'lower' }).success).toBe(true);
    expect(room.schema.safeParse({ id: 5, floor: 'lower' }).success).toBe(false);
    expect(list([{ value: { id: 3 } }]).problems()).toEqual(['nothing can be said for the value {"id":3}']);
  });

  it('tells which values are said in the same way, and takes neither', () => {
    const colours = list([{ value: 'one', say: ['red', 'crimson'] }, { value: 'two', say: ['Red!'] }, 'reds'], {
      plurals: true,
    });
    const { problems } = compileGrammar([command('c', ['go {x}'], { slots: { x: colours } })], { language: 'en' });
    expect(problems).toEqual([
      {
        severity: 'warning',
        command: 'c',
        message:
          'Slot {x}: "Red!" is said for "one" and for "two", so it means neither; give one of them another "say".',
      },
    ]);
    expect(['red', 'crimson', 'reds'].map((words) => read(colours, words))).toEqual([undefined, 'one', 'reds']);
    const twice = list(['lamp', 'lamp', { value: 'lamp', say: ['lamp'] }]);
    expect(read(twice, 'lamp')).toBe('lamp');
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
  it.each<[string, Slot]>([
    ['number', number({ min: -50, max: 1200 })],
    ['decimal', number({ min: 0, max: 20, step: 0.5 })],
    ['percent', percent()],
    ['duration', duration()],
  ])('everything that the automaton lets through as %s has a value that fits', (_name, slot) => {
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
