import { describe, expect, it } from 'vitest';
import { isCancel, isClearYes, readYesNo } from '../../src/dispatch/answer-words.ts';
import { duration, number, percent, tokenize } from '../../src/grammar/index.ts';
import { complete } from '../../src/language/complete.ts';
import { allLanguages, languageOf, type Language } from '../../src/language/index.ts';

/** Every word and phrase that a language lists. */
function wordsOf({ sentences: _, ...lists }: Language): string[] {
  const inside = (value: unknown): string[] => {
    if (typeof value === 'string') return [value];
    return value instanceof Object ? [...(Array.isArray(value) ? [] : Object.keys(value)), ...inParts(value)] : [];
  };
  const inParts = (value: object): string[] => Object.values(value).flatMap(inside);
  return Object.values(lists)
    .flatMap(inside)
    .filter((word) => !/^(?:[a-z]+[A-Z]\w+)$/.test(word));
}

describe('In German', () => {
  it.each([
    ['machte', 'mach'],
    ['schaltetest', 'schalte'],
    ['öffneten', 'öffnen'],
    ['verriegelte', 'verriegle'],
    ['stellst', 'stelle'],
  ])('%j reports and is a form of %j', (word, verb) => {
    expect(languageOf('de').reportedVerbs(word)).toContain(verb);
  });

  it.each(['mach', 'stelle', 'öffnen', 'lampe'])('%j reports nothing', (word) => {
    expect(languageOf('de').reportedVerbs(word)).toEqual([]);
  });
});

describe.each(allLanguages.map((language) => ({ code: language.code, language })))('In $code', ({ code, language }) => {
  it('every way to say a number is read as that number', () => {
    const slot = number({ max: 1999 });
    const wrong = Array.from({ length: 2000 }, (_, value) => value).flatMap((value) =>
      language.spell(value).filter((way) => slot.parse(tokenize(way), language) !== value),
    );
    expect(wrong).toEqual([]);
    expect(number({ min: 999_999, max: 999_999 }).parse(tokenize(language.spell(999_999)[0]!), language)).toBe(999_999);
  });

  it('all words are in lower case, and none is empty', () => {
    expect(wordsOf(language).filter((word) => word === '' || word !== word.toLowerCase().trim())).toEqual([]);
  });

  it('every yes is one, every clear yes too, and a no and a way out are none', () => {
    const { yes, clearYes, no, cancel } = language.answers;
    expect([...yes, ...clearYes].filter((text) => readYesNo(text, code) !== true)).toEqual([]);
    expect(clearYes.filter((text) => !isClearYes(text, code))).toEqual([]);
    expect(no.filter((text) => readYesNo(text, code) !== false)).toEqual([]);
    expect(cancel.filter((text) => !isCancel(text, code))).toEqual([]);
  });

  it('the sentences hold what they are about', () => {
    const { confirm, expected, which, unknownValue, say, unknownBeside } = language.sentences;
    for (const sentence of [confirm, expected, which, say, unknownBeside]) expect(sentence('X1')).toContain('X1');
    expect(unknownValue('X1', 'X2')).toMatch(/X1.*X2|X2.*X1/);
  });
});

describe('A language of which little is known', () => {
  const little = complete({ code: 'xx', critical: ['nicht'], turning: ['nicht'] }, languageOf('en'));

  it('has numbers, percentages and durations in digits', () => {
    expect(number({ min: -10, max: 2000 }).parse(['-5'], little)).toBe(-5);
    expect(number({ max: 2, step: 0.5 }).parse(['1,5'], little)).toBe(1.5);
    expect(percent().parse(['50%'], little)).toBe(50);
    expect(duration().parse(tokenize('1 h 30 min'), little)).toBe(5400);
  });

  it('speaks English, and understands an English yes', () => {
    expect(little.sentences).toBe(languageOf('en').sentences);
    expect(readYesNo('yes', 'xx')).toBe(true);
  });
});

it('A language without words of its own has its code, and answers in English', () => {
  const welsh = languageOf('cy-GB');
  expect(welsh).toMatchObject({ code: 'cy', critical: [], openings: [] });
  expect(welsh.spell(5)).toEqual(['5']);
  expect(welsh.sentences).toBe(languageOf('en').sentences);
  expect(languageOf('cy')).toBe(welsh);
  expect(languageOf('auto').code).toBe('en');
});
