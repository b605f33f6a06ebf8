import { describe, expect, it } from 'vitest';
import { saidCases } from '../../bench/lib/said-cases.ts';
import { defaultConfig } from '../../src/config/index.ts';
import { compileGrammar, list, text, type GrammarCommand } from '../../src/grammar/index.ts';
import { Matcher, understandText } from '../../src/match/index.ts';

/** Sentences of commands that are not there, of 48 in each language, which free text takes. */
const taken: Readonly<Record<string, number>> = { en: 2, de: 3, fr: 2, es: 4 };

describe.each(['en', 'de', 'fr', 'es'])('In %s', (language) => {
  const cases = saidCases('free-text', language);

  it('free text that is meant as such runs its command, or is asked about', () => {
    const meant = cases.filter(({ command }) => command !== undefined);
    expect(meant.length).toBeGreaterThanOrEqual(37);
    expect(meant.filter(({ ran, asked, command }) => (ran ?? asked) !== command)).toEqual([]);
    expect(meant.filter(({ ran }) => ran === undefined).length).toBeLessThanOrEqual(1);
  });

  it('what is said about another command is not taken for free text', () => {
    const others = cases.filter(({ command }) => command === undefined);
    expect(others.length).toBeGreaterThanOrEqual(40);
    expect(others.filter(({ ran }) => ran !== undefined).length).toBeLessThanOrEqual(taken[language]!);
  });
});

describe('Free text behind a general verb', () => {
  const play: GrammarCommand = {
    name: 'play',
    phrases: ['play {what}', 'play the song {what}'],
    slots: { what: text() },
    examples: [{ say: 'play the radio' }],
  };
  const radio: GrammarCommand = { name: 'radio', phrases: ['turn off the radio', 'next song'], slots: {} };
  const room: GrammarCommand = {
    name: 'light',
    phrases: ['light up the {room}'],
    slots: { room: list(['kitchen', 'living room']) },
  };
  const understand = (say: string, others: readonly GrammarCommand[] = []): ReturnType<typeof understandText> => {
    const { grammar } = compileGrammar([play, radio, room], { language: 'en', others });
    return understandText(new Matcher(grammar, defaultConfig.match), say);
  };

  it.each([
    ['play the next song', 'song'],
    ['play song two', 'song'],
    ['play the living room', 'living room'],
    ['play the kitchen louder', 'kitchen'],
  ])('is asked about if it names a thing of another command: %s', (say, thing) => {
    const { match, suggestion, completeness, reason } = understand(say);
    expect(match).toBeUndefined();
    expect(suggestion).toMatchObject({ command: 'play', via: 'exact' });
    expect(completeness).toBe('none');
    expect(reason).toContain(`“${thing}” belongs to`);
  });

  it.each(['play it louder', 'play the next', 'play the song again'])(
    'is asked about if it is only a side: %s',
    (say) => {
      expect(understand(say)).toMatchObject({ suggestion: { command: 'play' } });
      expect(understand(say).match).toBeUndefined();
    },
  );

  it.each(['play yesterday', 'play light my fire', 'play songs by adele', 'play music in the kitchen'])(
    'is taken otherwise: %s',
    (say) => expect(understand(say).match).toMatchObject({ command: 'play', via: 'exact' }),
  );

  it('is taken as it is behind words of its own, and where the command gives it as an example', () => {
    expect(understand('play the song turn off the radio').match?.args).toEqual({ what: 'turn off the radio' });
    expect(understand('play the radio').match?.args).toEqual({ what: 'the radio' });
    expect(understand('play the radio again').match).toBeUndefined();
  });

  const find: GrammarCommand = { name: 'find', phrases: ['(find|call) {where}'], slots: { where: text() } };

  it.each([
    ['find the radio louder', 'where'],
    ['call off the radio', 'where'],
    ['find the next song', 'where'],
    ['find the radio and turn it off', 'where'],
    ['play the trumpet louder', 'what'],
  ])('is asked about if it says what to do with something, behind any verb: %s', (say, slot) => {
    const { grammar } = compileGrammar([find, play, radio, room], { language: 'en' });
    const { match, suggestion } = understandText(new Matcher(grammar, defaultConfig.match), say);
    expect(match).toBeUndefined();
    expect(suggestion?.args).toHaveProperty(slot);
  });

  it.each(['find the radio', 'find the radio shop', 'call the loudest trumpet player', 'find songs and albums'])(
    'is taken behind a verb of seeking: %s',
    (say) => {
      const { grammar } = compileGrammar([find, play, radio, room], { language: 'en' });
      expect(understandText(new Matcher(grammar, defaultConfig.match), say).match?.command).toBe('find');
    },
  );

  it.each([
    ['en', 'put [the song] {what}', 'put the song on hold in the kitchen', 'put the song on my own'],
    ['fr', 'mets [la chanson] {what}', 'mets la chanson en pause dans la cuisine', 'mets la chanson en rouge et noir'],
    ['es', 'pon [la canción] {what}', 'pon la canción en pausa', 'pon la canción en algún lugar'],
  ])('in %s, does not begin with a state: %s', (language, phrase, state, meant) => {
    const command: GrammarCommand = { name: 'it', phrases: [phrase], slots: { what: text() } };
    const matcher = new Matcher(compileGrammar([command], { language }).grammar, defaultConfig.match);
    expect(understandText(matcher, state)).toMatchObject({ suggestion: { command: 'it' } });
    expect(understandText(matcher, state).match).toBeUndefined();
    expect(understandText(matcher, meant).match?.command).toBe('it');
  });

  it.each([
    ['de', 'spiel', 'spiel keine Musik', 'spiel Karneval'],
    ['de', 'ruf', 'ruf nicht Anna an', 'ruf Anna an'],
    ['fr', 'mets', 'mets pas la radio', 'mets Passenger'],
  ])('in %s, does not begin with what denies the verb %s', (language, verb, denied, meant) => {
    const phrase = language === 'de' && verb === 'ruf' ? 'ruf {what} an' : `${verb} {what}`;
    const command: GrammarCommand = { name: 'it', phrases: [phrase], slots: { what: text() } };
    const matcher = new Matcher(compileGrammar([command], { language }).grammar, defaultConfig.match);
    expect(understandText(matcher, denied).match).toBeUndefined();
    expect(understandText(matcher, meant).match?.command).toBe('it');
  });

  it('keeps out of commands that cannot be given now', () => {
    const slide: GrammarCommand = { name: 'slide', phrases: ['last slide'], slots: {} };
    expect(understand('play the slide').match?.command).toBe('play');
    expect(understand('play the slide', [slide])).toMatchObject({ suggestion: { command: 'play' } });
    expect(understand('play the slide', [slide]).match).toBeUndefined();
    expect(understand('last slide', [slide]).match).toBeUndefined();
  });
});

it('Free text with which a phrase begins is not a verb that ends something', () => {
  const timer: GrammarCommand = { name: 'timer', phrases: ['{what} timer'], slots: { what: text() } };
  const pause: GrammarCommand = { name: 'pause', phrases: ['pause'], slots: {} };
  const { grammar } = compileGrammar([timer, pause], { language: 'en' });
  const matcher = new Matcher(grammar, defaultConfig.match);
  expect(understandText(matcher, 'pause timer').match).toBeUndefined();
  expect(understandText(matcher, 'pizza timer').match?.args).toEqual({ what: 'pizza' });
});
