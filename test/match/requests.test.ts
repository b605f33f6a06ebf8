import { describe, expect, it } from 'vitest';
import { saidCases } from '../../bench/lib/said-cases.ts';
import { defaultConfig } from '../../src/config/index.ts';
import { compileGrammar, tokenize } from '../../src/grammar/index.ts';
import { languageOf } from '../../src/language/index.ts';
import { Matcher, understandText } from '../../src/match/index.ts';

/** Their words stand in another order than in the phrase. */
const reordered = ['can you switch the kitchen light on please', 'peux-tu tout éteindre'];
/** Without its accent it is a request. */
const withoutAccent = ['pôde acender a luz da cozinha'];

describe.each(['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'pl', 'sv', 'zh', 'ja'])('In %s', (language) => {
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
    expect(others.filter(({ ran, said }) => ran !== undefined && !withoutAccent.includes(said))).toEqual([]);
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
    ['it', 'accendere', 'accendi'],
    ['it', 'finire', 'finisci'],
    ['it', 'raccogliere', 'raccogli'],
    ['it', 'dirmi', 'dimmi'],
    ['it', 'svegliarmi', 'svegliami'],
    ['it', 'accenderla', 'accendila'],
    ['nl', 'aandoen', 'doe aan'],
    ['nl', 'opnemen', 'neem op'],
    ['nl', 'voorlezen', 'lees voor'],
    ['nl', 'openen', 'open'],
    ['nl', 'schrijven', 'schrijf'],
    ['pt', 'acender', 'acende'],
    ['pt', 'desligar', 'desligue'],
    ['pt', 'subir', 'sobe'],
    ['pt', 'repetir', 'repita'],
    ['pl', 'wlaczyc', 'wlacz'],
    ['pl', 'zamknac', 'zamknij'],
    ['pl', 'zablokowac', 'zablokuj'],
    ['pl', 'przypomniec', 'przypomnij'],
    ['sv', 'tanda', 'tand'],
    ['sv', 'spela', 'spela'],
    ['sv', 'glomma', 'glom'],
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
    ['it', 'non'],
    ['nl', 'niet'],
    ['pt', 'nao'],
    ['pl', 'nie'],
    ['sv', 'inte'],
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

describe('A delay in a request', () => {
  const phrases = { de: ['mach das Licht aus'], nl: ['doe het licht uit'], it: ['spegni la luce'] };
  const lamp = { name: 'lamp', phrases, slots: {}, delayable: true };
  const now = { name: 'door', phrases: { de: ['mach die Tür auf'] }, slots: {} };

  it.each([
    ['de', 'kannst du in zehn Minuten das Licht ausmachen', 'in zehn Minuten'],
    ['de', 'kannst du das Licht in zehn Minuten ausmachen', 'in zehn Minuten'],
    ['de', 'könntest du bitte morgen um neun das Licht ausmachen', 'morgen um neun'],
    ['nl', 'kun je over tien minuten het licht uitdoen', 'over tien minuten'],
    ['it', 'puoi spegnere la luce tra dieci minuti', 'tra dieci minuti'],
  ])('in %s: %s', (language, said, words) => {
    const { grammar } = compileGrammar([lamp, now], { language });
    const { match } = understandText(new Matcher(grammar, defaultConfig.match), said);
    expect(match).toMatchObject({ command: 'lamp', via: 'exact', delay: { words } });
  });

  it.each([
    'kannst du in zehn Minuten die Tür aufmachen',
    'kannst du in zehn Minuten nicht das Licht ausmachen',
    'kannst du morgen das Licht ausmachen',
    'kannst du seit zehn Minuten das Licht ausmachen',
    'konntest du in zehn Minuten das Licht ausmachen',
  ])('runs nothing where the command has none, or the request is none: %s', (said) => {
    const { grammar } = compileGrammar([lamp, now], { language: 'de' });
    expect(understandText(new Matcher(grammar, defaultConfig.match), said).match).toBeUndefined();
  });
});
