import { describe, expect, it } from 'vitest';
import { duration, list, number, percent, type GrammarCommand, type ListValue } from '../../src/grammar/index.ts';
import { findSoundAlikes } from '../../src/lint/sound-alikes.ts';
import { command } from '../grammar/commands.ts';

const pairsIn = (commands: GrammarCommand[], language = 'en'): string[] =>
  findSoundAlikes(commands, language).map(({ first, second, of }) => `${first}, ${second} (${of})`);
const listOf = (...values: (string | ListValue<string>)[]): GrammarCommand[] => [
  command('make', ['make {drink}'], { slots: { drink: list(values) } }),
];

describe('Values of a list that sound alike', () => {
  it('are reported', () => {
    expect(pairsIn(listOf('latte', 'americano', 'mocha', 'americana'))).toEqual(['americano, americana (drink)']);
    expect(pairsIn(listOf('bathroom', 'kitchen', 'bedroom', 'garage'))).toEqual(['bathroom, bedroom (drink)']);
    expect(pairsIn(listOf('flower', 'flour', 'milk'))).toEqual(['flower, flour (drink)']);
  });

  it('are compared by the words in which they differ', () => {
    expect(pairsIn(listOf('iced americano with milk', 'iced americana with milk', 'iced latte with milk'))).toEqual([
      'iced americano with milk, iced americana with milk (drink)',
    ]);
    expect(pairsIn(listOf('the long and winding rock song', 'the long and winding pop song'))).toEqual([]);
    expect(pairsIn(listOf('latte', 'large latte'))).toEqual([]);
  });

  it('are fine when they mean the same', () => {
    expect(
      pairsIn(listOf({ value: 'colour', say: ['colour', 'color'] }, { value: 'grey', say: ['grey', 'gray'] })),
    ).toEqual([]);
  });

  it('are fine in different lists, and reported once for a list of several slots', () => {
    const drinks = list(['americano', 'americana']);
    expect(
      pairsIn([
        command('make', ['make {drink}'], { slots: { drink: drinks } }),
        command('sell', ['sell {cup}'], { slots: { cup: drinks } }),
      ]),
    ).toHaveLength(1);
    expect(
      pairsIn([command('go', ['go {a} {b}'], { slots: { a: list(['bathroom']), b: list(['bedroom']) } })]),
    ).toEqual([]);
  });

  it('do not include numbers', () => {
    expect(
      pairsIn([
        command('set', ['set {n} {p} {t}'], { slots: { n: number({ max: 99 }), p: percent(), t: duration() } }),
      ]),
    ).toEqual([]);
    expect(pairsIn(listOf('cup 5', 'cup 6'))).toEqual([]);
  });

  it('are compared with the vowels that bear accents', () => {
    expect(pairsIn(listOf('salé', 'sel'), 'fr')).toEqual([]);
    expect(pairsIn(listOf('pavé', 'paver'), 'fr')).toHaveLength(1);
  });

  it('are found quickly among 100,000, and up to twenty are reported', () => {
    const values = Array.from(
      { length: 100_000 },
      (_, i) => `ba${[...i.toString(5)].map((digit) => 'kmfsl'[Number(digit)]! + 'aeiou'[i % 5]!).join('')}`,
    );
    expect(pairsIn(listOf(...values))).toHaveLength(20);
  });
});

describe('Examples of different commands that sound alike', () => {
  const commands = (more: Partial<GrammarCommand> = {}): GrammarCommand[] => [
    command('bath', ['warm the bathroom'], {
      examples: [{ say: 'warm the bathroom' }, { say: 'warm the bathrooms' }],
      ...more,
    }),
    command('bed', ['warm the bedroom'], { examples: [{ say: 'warm the bedroom' }], contexts: ['night'] }),
    command('kitchen', ['warm the kitchen'], { examples: [{ say: 'warm the kitchen' }] }),
  ];

  it('are reported with both names', () => {
    expect(pairsIn(commands())[0]).toBe('warm the bathroom, warm the bedroom (bath, bed)');
  });

  it('are fine when they can never be said at the same time', () => {
    expect(pairsIn(commands({ contexts: ['day'] }))).toEqual([]);
  });
});
