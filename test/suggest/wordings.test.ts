import { describe, expect, test } from 'vitest';
import { compileGrammar, duration, list, number, percent, text, type GrammarCommand } from '../../src/grammar/index.ts';
import { wordingsOf } from '../../src/suggest/wordings.ts';

const room = list(['kitchen', { value: 'den', say: ['den', 'living room'] }]);

function wordings(said: string, command: Partial<GrammarCommand> & Pick<GrammarCommand, 'phrases'>): string[] {
  const whole: GrammarCommand = { name: 'it', slots: {}, ...command };
  const { grammar, problems } = compileGrammar([whole], { language: 'en' });
  expect(problems).toEqual([]);
  return wordingsOf(grammar.tokenize(said), whole, grammar);
}

describe('the sentences that an utterance is compared with', () => {
  const dim = {
    phrases: ['(dim|set) [the] {room} [lights] to {level}', 'lights {level}'],
    slots: { room, level: percent() },
    examples: [{ say: 'dim the kitchen lights to 10%', args: { room: 'kitchen', level: 10 } }],
  };

  test('have the values that were said, once as in the examples and once as in each template', () => {
    expect(wordings('I want half light in the living room', dim)).toEqual([
      'dim the living room lights to half',
      'dim living room to half',
    ]);
  });

  test('use as many of the values as they can', () => {
    expect(wordings('make it fifty percent', dim)).toEqual(['lights fifty percent']);
  });

  test('never have a value that was not said', () => {
    expect(wordings('make it bright in the kitchen', dim)).toEqual([]);
  });

  test('never use the same words twice', () => {
    const turn = { phrases: ['turn {degrees} by {times}'], slots: { degrees: number(), times: number() } };
    expect(wordings('turn it by twenty', turn)).toEqual([]);
    expect(wordings('turn it by twenty and then three times', turn)).toEqual([
      'turn twenty by three',
      'turn three by twenty',
    ]);
  });

  test('take the longest value', () => {
    const wait = { phrases: ['wait {time}'], slots: { time: duration() } };
    expect(wordings('I need an hour and ten minutes for it', wait)).toEqual(['wait an hour and ten minutes']);
  });

  test('follow rules and any order, and leave out what may be left out', () => {
    const order = {
      phrases: ['[please] make ({size};{milk}) <coffee> [now]'],
      rules: { coffee: '(coffee|cup of coffee)' },
      slots: { size: list(['large', 'small']), milk: list(['oat', 'soy']) },
    };
    expect(wordings('I would like it large and with soy', order)).toEqual(['make large soy coffee']);
  });

  test('hold no free text, since nobody knows where it begins', () => {
    expect(
      wordings('jot down that it rains', { phrases: ['note {what}', 'open the notes'], slots: { what: text() } }),
    ).toEqual(['open the notes']);
  });
});
