import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config.ts';
import { compileGrammar } from '../../src/grammar/index.ts';
import { Matcher } from '../../src/match/index.ts';
import { house } from '../grammar/commands.ts';
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

  it('are open to the decoder only then', () => {
    const words = 'turn off the lights and channel 5'.split(' ');
    expect(acceptsWords(chained.grammar.graph, words)).toBe(true);
    expect(acceptsWords(plain.grammar.graph, words)).toBe(false);
  });

  it('end at four', () => {
    expect(chained.match('channel 1 and channel 2 and channel 3 and channel 4').also).toHaveLength(3);
    expect(chained.match('channel 1 and channel 2 and channel 3 and channel 4 and channel 5').match).toBeUndefined();
  });
});
