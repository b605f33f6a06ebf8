import { describe, expect, it, vi } from 'vitest';
import { defaultConfig } from '../../src/config/index.ts';
import { compileGrammar } from '../../src/grammar/index.ts';
import { Matcher } from '../../src/match/index.ts';
import { command, house } from '../grammar/commands.ts';
import { acceptsWords } from '../grammar/reference-walker.ts';

const chained = new Matcher(compileGrammar(house, { language: 'en', chain: true }).grammar, defaultConfig.match);
const plain = new Matcher(compileGrammar(house, { language: 'en' }).grammar, defaultConfig.match);

describe('Several commands in one breath', () => {
  it.each([
    ['turn off the lights and set a timer for five minutes', ['lights', 'timer']],
    ['please turn off the lights, and then channel 5 and what is the time', ['lights', 'channel', 'clock']],
    ['set a timer for one hour and five minutes', ['timer']],
    ['set a timer for one hour and five minutes and turn the lights on', ['timer', 'lights']],
    ['remind me to buy milk and turn off the lights', ['remind']],
    ['channel 5 and then channel 6', ['channel', 'channel']],
    ['turn off the lights and also tell me the time', ['lights', 'clock']],
    ['channel 5 and also remind me to buy milk and channel 6', ['channel', 'remind']],
    ['brew a coffee with milk and sugar and then turn off the lights', ['coffee', 'lights']],
  ])('%j is %j', (said, names) => {
    const result = chained.match(said);
    expect([result.match, ...(result.also ?? [])].map((match) => match?.command)).toEqual(names);
  });

  it('are no command where the registry does not allow it', () => {
    expect(plain.match('turn off the lights and set a timer for five minutes').match).toBeUndefined();
  });

  it('wait for what follows "and"', () => {
    expect(chained.match('turn off the lights and')).toMatchObject({ completeness: 'incomplete' });
    expect(chained.match('turn off the lights and set a timer')).toMatchObject({ completeness: 'incomplete' });
  });

  it.each(['and', 'then', 'and then', 'and also'])('are open to the decoder only then, joined by "%s"', (link) => {
    const words = `turn off the lights ${link} channel 5 ${link} tell me the time`.split(' ');
    expect(acceptsWords(chained.grammar.graph, words)).toBe(true);
    expect(acceptsWords(plain.grammar.graph, words)).toBe(false);
    expect(acceptsWords(chained.grammar.graph, words.slice(0, 4 + link.split(' ').length))).toBe(false);
  });

  it.each([
    ['en', 'dim the lamp', 'stop the fan', ['and', 'then', 'and then', 'and also']],
    ['de', 'Lampe dimmen', 'Lüfter aus', ['und', 'dann', 'und dann']],
    ['es', 'baja la lámpara', 'para el ventilador', ['y', 'luego', 'y luego', 'después']],
    ['fr', 'baisse la lampe', 'coupe le ventilateur', ['et', 'puis', 'et puis', 'ensuite']],
  ])('are joined by the words of %s', (language, first, second, links) => {
    const { grammar } = compileGrammar([command('first', [first]), command('second', [second])], {
      language,
      chain: true,
    });
    for (const link of links) {
      const said = `${first} ${link} ${second}`;
      expect(new Matcher(grammar, defaultConfig.match).match(said), said).toMatchObject({
        match: { command: 'first' },
        also: [{ command: 'second' }],
      });
      expect(acceptsWords(grammar.graph, grammar.tokenize(said)), said).toBe(true);
    }
  });

  it('make no command wait for more: one that nothing else can extend stays closed', () => {
    for (const said of [
      'what is the time',
      'turn the lights off',
      'set a timer for five minutes',
      'channel 5',
      'channel 5 and turn the lights off',
    ]) {
      expect(chained.match(said).completeness, said).toBe(plain.match(said.split(' and ').at(-1)!).completeness);
    }
    expect(chained.match('what is the time').completeness).toBe('closed');
    expect(chained.match('channel 5 and turn the lights off').completeness).toBe('closed');
  });

  it('end at four', () => {
    expect(chained.match('channel 1 and channel 2 and channel 3 and channel 4').also).toHaveLength(3);
    const tooMany = chained.match('channel 1 and channel 2 and channel 3 and channel 4 and channel 5');
    expect(tooMany.match).toBeUndefined();
    expect(tooMany).toMatchObject({
      candidates: [],
      reason: 'These are 5 commands; up to 4 may be given in one breath.',
    });
  });

  it.each([
    ['turn on the lights and the radio', 'after', 'the radio', '“turn on the lights”'],
    ['turn on the lights and then make it warmer in here', 'after', 'make it warmer in here', '“turn on the lights”'],
    ['channel 5 and tell me the time and the radio', 'after', 'the radio', '“channel 5” and “tell me the time”'],
    ['dance with me and turn off the lights', 'before', 'dance with me', '“turn off the lights”'],
    ["I'd like a mocha and the newspaper", 'after', 'the newspaper', "“i'd like a mocha”"],
    [
      'dance with me and channel 5 and turn off the lights',
      'before',
      'dance with me',
      '“channel 5” and “turn off the lights”',
    ],
    ['channel 5 and the radio and tell me the time', 'inside', 'the radio', '“channel 5” and “tell me the time”'],
  ])('run nothing where a part is no command, and tell which: %j', (said, where, words, known) => {
    expect(chained.match(said)).toEqual({
      candidates: expect.any(Array) as unknown[],
      completeness: 'none',
      unknown: { where, words },
      reason: `I know ${known}, and not “${words}”. Nothing was done.`,
    });
  });

  it('do not pass over a part because the rest is long enough to be near', () => {
    const said = 'sing and turn off the lights in the living room';
    expect(plain.match(said).match).toMatchObject({ command: 'lights', via: 'near' });
    expect(chained.match(said).match).toBeUndefined();
    expect(chained.match(said).unknown).toEqual({ where: 'before', words: 'sing' });
    expect(chained.match('turn off the lights in the living room and thank you').match).toMatchObject({
      command: 'lights',
      via: 'near',
    });
  });

  it('run nothing where a part is only near to a command', () => {
    const result = chained.match('channel 5 and turn off the light');
    expect(result.match).toBeUndefined();
    expect(result.unknown).toBeUndefined();
    expect(result).toMatchObject({
      candidates: [{ command: 'lights' }],
      reason: 'I know “channel 5”, and I am not sure of “turn off the light”. Nothing was done.',
    });
  });

  it('leave alone what is near to one command, or no command at all', () => {
    expect(chained.match('brew a coffee with milk and and sugar').match).toMatchObject({
      command: 'coffee',
      via: 'near',
    });
    expect(chained.match('we went to town and then to the sea and came home').unknown).toBeUndefined();
    expect(chained.match('channel nine hundred and fifty five thousand').unknown).toBeUndefined();
    expect(chained.match('dance and sing').unknown).toBeUndefined();
  });

  it('are found quickly in long talk with many links', () => {
    const reads = vi.spyOn(chained, 'match');
    chained.match(`${'we went on and then '.repeat(40)} stop`);
    expect(reads.mock.calls.length).toBeLessThan(5);
    reads.mockRestore();
  });
});
