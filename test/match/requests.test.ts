import { describe, expect, it } from 'vitest';
import { saidCases } from '../../bench/lib/said-cases.ts';
import { compileGrammar, tokenize } from '../../src/grammar/index.ts';
import { languageOf } from '../../src/language/index.ts';

/** Their words stand in another order than in the phrase. */
const reordered = ['can you switch the kitchen light on please', 'peux-tu tout éteindre'];

describe.each(['en', 'de', 'fr', 'es'])('In %s', (language) => {
  const cases = saidCases('requests', language);

  it('a request runs the command that its verb would give, exactly', () => {
    const meant = cases.filter(({ command }) => command !== undefined);
    expect(meant.length).toBeGreaterThanOrEqual(11);
    const missed = meant.filter(({ ran, via, command }) => ran !== command || via !== 'exact');
    expect(missed.filter(({ said }) => !reordered.includes(said))).toEqual([]);
  });

  it('a denial, a question or a report that resembles a request runs nothing', () => {
    const others = cases.filter(({ command }) => command === undefined);
    expect(others.length).toBeGreaterThanOrEqual(12);
    expect(others.filter(({ ran }) => ran !== undefined)).toEqual([]);
  });
});

describe('The imperatives of a verb', () => {
  it.each([
    ['de', 'anmachen', 'mach an'],
    ['de', 'vorlesen', 'lies vor'],
    ['de', 'wechseln', 'wechsle'],
    ['de', 'beenden', 'beende'],
    ['de', 'zuruckspulen', 'spul zuruck'],
    ['es', 'encender', 'enciende'],
    ['es', 'jugar', 'juega'],
    ['es', 'incluir', 'incluya'],
    ['es', 'apagar', 'apague'],
    ['es', 'decirme', 'dime'],
    ['es', 'coger', 'coja'],
    ['fr', 'eteindre', 'eteins'],
    ['fr', 'remettre', 'remets'],
    ['fr', 'appeler', 'appelle'],
    ['fr', 'nettoyer', 'nettoie'],
    ['fr', 'finir', 'finissez'],
    ['en', 'stopping', 'stop'],
    ['en', 'closing', 'close'],
  ])('in %s, those of %s include %s', (language, verb, imperative) => {
    expect(languageOf(language).requests?.imperatives(verb)).toContain(imperative);
  });

  it.each([
    ['de', 'licht'],
    ['es', 'luz'],
    ['fr', 'lumiere'],
    ['en', 'light'],
  ])('in %s, %s has none', (language, word) => {
    expect(languageOf(language).requests?.imperatives(word)).toEqual([]);
  });
});

it('A request that breaks off is the beginning of a command', () => {
  const { grammar } = compileGrammar([{ name: 'lamp', phrases: ['enciende la luz'], slots: {} }], { language: 'es' });
  const completeness = (text: string): string => grammar.walk(tokenize(text)).completeness;
  expect(completeness('puedes encender')).toBe('incomplete');
  expect(completeness('puedes encender la luz')).toBe('closed');
  expect(completeness('puedes apagar')).toBe('none');
});
