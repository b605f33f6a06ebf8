import { describe, expect, it } from 'vitest';
import { nearCases } from '../../bench/lib/near-cases.ts';

/** Misspelled commands that are not understood, of 60 in each language. */
const missed: Readonly<Record<string, number>> = { en: 2, de: 0, fr: 2, es: 3 };
describe.each(['en', 'de', 'fr', 'es'])('In %s', (language) => {
  const cases = nearCases(language);

  it('no sentence that says the opposite of the only commands there are runs anything', () => {
    const opposites = cases.filter(({ command }) => command === undefined);
    expect(opposites.length).toBeGreaterThanOrEqual(60);
    expect(opposites.filter(({ ran }) => ran !== undefined).map(({ said }) => said)).toEqual([]);
  });

  it('a misspelled command runs, and never another one', () => {
    const misspelled = cases.filter(({ command }) => command !== undefined);
    expect(misspelled.length).toBeGreaterThanOrEqual(60);
    expect(misspelled.filter(({ ran, command }) => ran !== undefined && ran !== command)).toEqual([]);
    expect(misspelled.filter(({ ran }) => ran === undefined).length).toBeLessThanOrEqual(missed[language]!);
  });
});
