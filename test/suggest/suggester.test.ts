import { describe, expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/index.ts';
import { compileGrammar, list, percent, type GrammarCommand } from '../../src/grammar/index.ts';
import { Matcher, understandText } from '../../src/match/index.ts';
import { Suggester } from '../../src/suggest/index.ts';
import type { CommandMatch } from '../../src/types.ts';
import { Meanings } from './meanings.ts';

const commands: GrammarCommand[] = [
  {
    name: 'lights',
    phrases: ['switch {state} the {room} lights'],
    slots: { state: list(['on', 'off']), room: list(['kitchen', 'hall']) },
    not: ['kitchen lights go off on a bang'],
  },
  { name: 'volume', phrases: ['set the volume to {level}'], slots: { level: percent() } },
  { name: 'music', phrases: ['pause the music'], slots: {} },
  { name: 'door', phrases: ['open the gate'], slots: {} },
];
const { grammar } = compileGrammar(commands, { language: 'en' });
const matcher = new Matcher(grammar, defaultConfig.match);

const meanings = {
  'switch off the kitchen lights': 'kitchen dark',
  'switch on the kitchen lights': 'kitchen bright',
  'set the volume to thirty percent': 'volume at 30',
  'pause the music': 'silence',
  'open the gate': 'gate open',
};

async function suggested(
  text: string,
  table: Record<string, string>,
  { model = new Meanings({ ...meanings, ...table }), now = (): number => 0 } = {},
): Promise<CommandMatch | undefined> {
  const result = understandText(matcher, text);
  const mayBeMeant = (name: string): boolean => name !== 'door';
  return new Suggester(model, { now }).suggest({ text, result, matcher, mayBeMeant });
}

describe('a suggestion', () => {
  test('is the sentence that means nearly the same, with its arguments and how near it is', async () => {
    const found = await suggested('let the kitchen go dark, lamps off', {
      'let the kitchen go dark, lamps off': 'kitchen dark × 0.8',
    });
    expect(found).toMatchObject({
      command: 'lights',
      args: { state: 'off', room: 'kitchen' },
      via: 'model',
      phrase: 'switch off the kitchen lights',
    });
    expect(found?.score).toBeCloseTo(0.8);
  });

  test.each([
    ['is not near enough', 'give me some quiet', 'silence × 0.6'],
    ['could not be said with the values that were', 'kill the kitchen lamps', 'kitchen dark'],
    ['may not be suggested', 'let the visitors in', 'gate open'],
    ['is denied', 'never let the tune be quiet', 'silence'],
    ['is asked about', 'why did the tune go quiet', 'silence'],
    ['lacks a number that was said', 'give me quiet, number five', 'silence'],
  ])('is not made when the command %s', async (_why, text, meaning) => {
    expect(await suggested(text, { [text]: meaning })).toBeUndefined();
  });

  test('is not made when another meaning is as near', async () => {
    const table = { 'tune thirty percent': 'silence × 0.7', 'set the volume to thirty percent': 'silence × 0.98' };
    expect(await suggested('tune thirty percent', table)).toBeUndefined();
  });

  test('is not made when what the command rules out is nearer', async () => {
    const text = 'lamps off in the kitchen with a bang';
    const near = { [text]: 'bang', 'switch off the kitchen lights': 'bang × 0.9' };
    expect(await suggested(text, near)).toBeDefined();
    expect(await suggested(text, { ...near, 'kitchen lights go off on a bang': 'bang × 0.95' })).toBeUndefined();
  });

  test('is not looked for when the words resemble a command and are none', async () => {
    const model = new Meanings(meanings);
    for (const text of [
      'switch off the cellar lights',
      'pause the music',
      'set the volume to',
      'pause the music in ten minutes',
    ])
      expect(await suggested(text, {}, { model })).toBeUndefined();
    expect(model.asked).toEqual([]);
  });

  test('is not made when the time is over', async () => {
    let nowMs = 0;
    const table = { 'give me some quiet': 'silence' };
    expect(await suggested('give me some quiet', table, { now: () => nowMs })).toBeDefined();
    expect(await suggested('give me some quiet', table, { now: () => (nowMs += 1_000) })).toBeUndefined();
  });

  test('counts as similar only what is more so than unrelated sentences', async () => {
    // This model finds any two sentences nearly the same.
    const embed = (sentences: readonly string[]): Promise<Float32Array[]> =>
      Promise.resolve(
        sentences.map((sentence) => {
          const own = sentence.length % 7;
          const vector = new Float32Array(8).fill(0);
          vector[own] = Math.sqrt(0.1);
          vector[7] = Math.sqrt(0.9);
          return vector;
        }),
      );
    const model = Object.assign(new Meanings({}), { embed });
    expect(await suggested('give me some quiet', {}, { model })).toBeUndefined();
  });

  test('is found for one utterance at a time', async () => {
    const suggester = new Suggester(new Meanings({ ...meanings, 'give me some quiet': 'silence' }));
    const text = 'give me some quiet';
    const unmatched = { text, result: understandText(matcher, text), matcher, mayBeMeant: () => true };
    const [first, second] = await Promise.all([suggester.suggest(unmatched), suggester.suggest(unmatched)]);
    expect([first?.command, second]).toEqual(['music', undefined]);
    expect((await suggester.suggest(unmatched))?.command).toBe('music');
  });
});

test('of many commands, those are looked at whose examples mean nearly the same', async () => {
  const many: GrammarCommand[] = Array.from({ length: 60 }, (_, i) => ({
    name: `scene-${i}`,
    phrases: [`scene number ${i} please`],
    slots: {},
    examples: [{ say: `scene number ${i} please` }],
  }));
  const set = [
    ...many,
    ...commands.map((command) => ({ ...command, examples: [{ say: 'pause the music' }] })).slice(2, 3),
  ];
  const own = new Matcher(compileGrammar(set, { language: 'en' }).grammar, defaultConfig.match);
  const text = 'give me some quiet';
  const suggester = new Suggester(new Meanings({ ...meanings, [text]: 'silence × 0.9' }), { now: () => 0 });
  const unmatched = { text, result: understandText(own, text), matcher: own, mayBeMeant: () => true };
  expect(await suggester.suggest(unmatched)).toMatchObject({ command: 'music' });
});
