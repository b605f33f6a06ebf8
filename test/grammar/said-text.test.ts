import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SaidText } from '../../src/grammar/said-text.ts';
import { foldWord, tokenize } from '../../src/grammar/index.ts';

const pieces = [
  'Pink',
  'Floyd',
  'GRÜSS',
  'l’Été',
  "d'",
  '50',
  ' %',
  '%',
  '½',
  '4½',
  '1,500',
  '$20',
  '5€',
  '$2 million',
  '12oz',
  '5min',
  'O.K.',
  'a.m.',
  '°C',
  '21°',
  '&',
  'R&B',
  'C++',
  'C#',
  '#1',
  '-5',
  '−5',
  '3.5',
  ',',
  '!',
  '…',
  '“',
  ' ',
  ' ',
  ' ',
  '打开客厅',
  'ﾘﾋﾞ',
  '５０％',
  'İ',
  '𝒳',
  'e\u0301',
];

describe('A text as it was said', () => {
  it('is cut into the same words as text that is compared, each with its place', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        const said = new SaidText(text);
        expect(said.words.map(({ word }) => word)).toEqual(tokenize(text));
        const written = text.normalize('NFC');
        let last = 0;
        for (const { start, end } of said.words) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeGreaterThanOrEqual(last);
          expect(end).toBeLessThanOrEqual(written.length);
          last = end;
        }
      }),
      { numRuns: 2000, seed: 3 },
    );
  });

  it.each([
    ['Play "The Wall" by Pink Floyd, please!', 'the wall by pink floyd', 'The Wall" by Pink Floyd'],
    ['Call call', 'call', 'call'],
    ['Call Aoife, tomorrow!', 'aoife tomorrow', 'Aoife, tomorrow'],
    ['open a C++ file', 'c plus plus', 'C++'],
    ['spend 50 % now', '50%', '50 %'],
    ['wait 5min now', 'min', 'min'],
    ['Öffne die große Tür', 'offne die grosse tur', 'Öffne die große Tür'],
    ['the Bed room is dark', 'bedroom', 'Bed room'],
    ['the BedRoom is dark', 'bed room', 'BedRoom'],
    ['tell, um, Tom the, uh, news', 'tell tom the news', 'tell, Tom the, news'],
    ['提醒我 明天买 iPhone 和牛奶。', '明 天 买 iphone 和 牛 奶', '明天买 iPhone 和牛奶'],
    ['nothing here', 'else', undefined],
  ])('%j writes %j as %j', (text, words, written) => {
    expect(new SaidText(text, ['um', 'uh']).writingOf(words.split(' '))).toBe(written);
  });

  it('compares its words folded', () => {
    expect(new SaidText('Große TÜR').words.map(({ folded }) => folded)).toEqual(['grosse', 'tur'].map(foldWord));
  });
});
