import { describe, expect, it, vi } from 'vitest';
import {
  boolean,
  color,
  digits,
  letters,
  list,
  money,
  number,
  percent,
  quantity,
  range,
  several,
  temperature,
  type Slot,
} from '../../../src/grammar/index.ts';
import { patient } from '../../patience.ts';
import { read } from './read.ts';

vi.setConfig({ testTimeout: patient(20_000) });

type Row = [language: string, words: string, value: unknown];

/** Checks what a slot makes of words, inside a command. */
function reads(title: string, slot: Slot, rows: readonly Row[]): void {
  describe(title, () => {
    it.each(rows)('in %s, %j is %j', (language, words, value) => {
      expect(read(slot, words, language)).toEqual(value);
    });
  });
}

reads('A quantity', quantity(), [
  ['en', 'two litres', { amount: 2, unit: 'l' }],
  ['en', '500 g', { amount: 500, unit: 'g' }],
  ['en', '500g', { amount: 500, unit: 'g' }],
  ['en', 'a pound', { amount: 1, unit: 'lb' }],
  ['en', 'a pound and a half', { amount: 1.5, unit: 'lb' }],
  ['en', 'half a litre', { amount: 0.5, unit: 'l' }],
  ['en', 'two point five kilos', { amount: 2.5, unit: 'kg' }],
  ['en', 'two', undefined],
  ['en', 'litres', undefined],
  ['en', 'two apples', undefined],
  ['de', 'zwei Liter', { amount: 2, unit: 'l' }],
  ['de', '2,5 kg', { amount: 2.5, unit: 'kg' }],
  ['fr', 'trois cents grammes', { amount: 300, unit: 'g' }],
  ['es', 'medio litro', { amount: 0.5, unit: 'l' }],
  ['es', 'dos kilos', { amount: 2, unit: 'kg' }],
]);

describe('A quantity with units of its own', () => {
  const slices = quantity({ units: ['g', { value: 'slice', say: ['slice', 'slices'] }], max: 10 });

  it.each([
    ['three slices', { amount: 3, unit: 'slice' }],
    ['5 g', { amount: 5, unit: 'g' }],
    ['500 g', undefined],
    ['3 kg', undefined],
  ])('takes %j as %j', (words, value) => {
    expect(read(slices, words)).toEqual(value);
  });

  it('says which unit has no words', () => {
    const unknown = quantity({ units: ['furlong'] });
    expect(unknown.problems()).toEqual(['the unit "furlong" is unknown; say its words: { value, say }']);
  });
});

reads('Money', money(), [
  ['en', 'five euros', { amount: 5, currency: 'EUR' }],
  ['en', 'five euros fifty', { amount: 5.5, currency: 'EUR' }],
  ['en', 'five dollars and five cents', { amount: 5.05, currency: 'USD' }],
  ['en', '$20', { amount: 20, currency: 'USD' }],
  ['en', '$5.50', { amount: 5.5, currency: 'USD' }],
  ['en', '20 €', { amount: 20, currency: 'EUR' }],
  ['en', 'fifty cents', { amount: 0.5, currency: 'USD' }],
  ['en', 'twenty', undefined],
  ['de', 'fünf Euro fünfzig', { amount: 5.5, currency: 'EUR' }],
  ['de', '5,50 €', { amount: 5.5, currency: 'EUR' }],
  ['fr', 'vingt euros', { amount: 20, currency: 'EUR' }],
  ['es', 'veinte dólares', { amount: 20, currency: 'USD' }],
]);

reads('A temperature', temperature(), [
  ['en', '21 degrees', 21],
  ['en', '21', 21],
  ['en', 'minus five', -5],
  ['en', '21.5°C', 21.5],
  ['en', '70 fahrenheit', 21.1],
  ['en', '70°F', 21.1],
  ['en', 'seventy degrees fahrenheit', 21.1],
  ['en', '500 degrees', undefined],
  ['de', 'einundzwanzig Grad', 21],
  ['de', '21 °C', 21],
  ['fr', 'vingt et un degrés', 21],
  ['es', 'veintiún grados', 21],
]);

reads('A temperature in Fahrenheit', temperature({ unit: 'fahrenheit', min: 40, max: 100 }), [
  ['en', '70 degrees', 70],
  ['en', '20 degrees', undefined],
  ['en', '20 degrees celsius', 68],
]);

const red = { name: 'red', hex: '#ff0000' };
reads('A colour', color(), [
  ['en', 'red', red],
  ['en', 'light blue', { name: 'lightblue', hex: '#add8e6' }],
  ['en', 'loud', undefined],
  ['de', 'rot', red],
  ['de', 'rotes', red],
  ['fr', 'rouge', red],
  ['es', 'roja', red],
  ['it', 'red', red],
]);

reads('A boolean', boolean(), [
  ['en', 'yes', true],
  ['en', 'off', false],
  ['en', 'true', true],
  ['en', 'maybe', undefined],
  ['de', 'aus', false],
  ['fr', 'oui', true],
  ['es', 'no', false],
]);
reads('A boolean that is on or off', boolean({ words: ['onOff'] }), [
  ['en', 'on', true],
  ['en', 'yes', undefined],
]);

reads('Letters', letters(), [
  ['en', 'A B C one two', 'ABC12'],
  ['en', 'ABC12', 'ABC12'],
  ['en', 'A as in alpha B as in bravo', 'AB'],
  ['en', 'A as in apple', 'A'],
  ['en', 'A as in bravo', undefined],
  ['en', 'alpha bravo charlie', 'ABC'],
  ['en', 'double u double l', 'WLL'],
  ['en', 'x ray seven', 'X7'],
  ['en', 'a b c twenty five', 'ABC25'],
  ['en', 'hello', undefined],
  ['de', 'Anton Berta zwo', 'AB2'],
  ['de', 'A wie Anton', 'A'],
  ['fr', 'double vé', 'W'],
  ['es', 'uve doble equis', 'WX'],
]);
reads('Letters of a fixed number', letters({ min: 3, max: 3 }), [
  ['en', 'a b c', 'ABC'],
  ['en', 'a b', undefined],
  ['en', 'a b c d', undefined],
]);

reads('Digits', digits(), [
  ['en', 'oh one two double three', '01233'],
  ['en', '+49 30 123 456', '+4930123456'],
  ['en', 'plus four nine', '+49'],
  ['en', '555-1234', '5551234'],
  ['en', 'twenty five triple seven', '25777'],
  ['en', 'five apples', undefined],
  ['de', 'null eins zwo', '012'],
  ['fr', 'zéro un deux', '012'],
  ['es', 'cero uno doble dos', '0122'],
]);

const rooms = list(['kitchen', 'bedroom', 'office', 'living room']);
reads('Several values', several(rooms), [
  ['en', 'kitchen', ['kitchen']],
  ['en', 'kitchen and bedroom', ['kitchen', 'bedroom']],
  ['en', 'the kitchen, the bedroom and the living room', ['kitchen', 'bedroom', 'living room']],
  ['en', 'kitchen and kitchen', ['kitchen']],
  ['en', 'everything', ['kitchen', 'bedroom', 'office', 'living room']],
  ['en', 'everything except the office', ['kitchen', 'bedroom', 'living room']],
  ['en', 'all but the office and the kitchen', ['bedroom', 'living room']],
  ['en', 'kitchen and garage', undefined],
  ['en', 'everything except kitchen bedroom office and living room', undefined],
  ['en', 'everything except the garage', undefined],
  ['en', 'kitchen bedroom office living room kitchen and office', ['kitchen', 'bedroom', 'office', 'living room']],
  ['de', 'kitchen und bedroom', ['kitchen', 'bedroom']],
  ['de', 'alles außer kitchen', ['bedroom', 'office', 'living room']],
  ['fr', 'kitchen et bedroom', ['kitchen', 'bedroom']],
  ['es', 'todo menos la kitchen', ['bedroom', 'office', 'living room']],
]);
reads('Several numbers', several(number({ max: 20 })), [
  ['en', 'one two and three', [1, 2, 3]],
  ['en', 'everything', undefined],
]);

reads('A range', range(number({ max: 100 })), [
  ['en', 'ten to twenty', { from: 10, to: 20 }],
  ['en', 'between 5 and 10', { from: 5, to: 10 }],
  ['en', 'from twenty to ten', { from: 20, to: 10 }],
  ['en', '10-20', { from: 10, to: 20 }],
  ['en', 'ten', undefined],
  ['en', 'ten to two hundred', undefined],
  ['de', 'von 5 bis 10', { from: 5, to: 10 }],
  ['fr', 'entre cinq et dix', { from: 5, to: 10 }],
  ['es', 'de cinco a diez', { from: 5, to: 10 }],
]);
reads('A range of percentages', range(percent()), [['en', 'ten to twenty percent', { from: 10, to: 20 }]]);

describe('Slots whose options are wrong', () => {
  it('say so', () => {
    const slots = [
      digits({ min: 3, max: 2 }),
      letters({ max: 500 }),
      money({ min: 5, max: 1 }),
      boolean({ words: [] }),
    ];
    expect(slots.map((slot) => slot.problems().length)).toEqual([1, 1, 1, 1]);
    expect([several(list([])), range(number({ step: 0 }))].map((slot) => slot.problems().length)).toEqual([1, 1]);
  });
});
