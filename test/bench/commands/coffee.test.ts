import { describe, expect, it } from 'vitest';
import { isExact, isRight, readLabel } from '../../../bench/commands/coffee/_score.ts';
import { createRandom } from '../../../bench/lib/random.ts';
import { defaultConfig } from '../../../src/config/index.ts';
import { compileGrammar } from '../../../src/grammar/index.ts';
import { Matcher } from '../../../src/match/index.ts';
import { Registry } from '../../../src/registry/index.ts';

const registry = new Registry({ language: 'en' });
const problems = await registry.load('bench/commands/coffee');
const matcher = new Matcher(compileGrammar(registry.commands, { language: 'en' }).grammar, defaultConfig.match);

const ways = ['', 'a little bit of ', 'a bit of ', 'some ', 'a lot of ', 'lots of '];
const amounts = (...ingredients: string[]): string[] =>
  ingredients.flatMap((ingredient) => ways.map((way) => way + ingredient));

/** The slots of the published grammar. */
const words: Record<string, string[]> = {
  size: ['small', 'medium', 'large', 'eight ounce', 'twelve ounce', 'sixteen ounce', 'twenty ounce'],
  roast: ['light roast', 'medium roast', 'dark roast'],
  numberOfShots: ['single shot', 'double shot', 'triple shot'],
  coffeeDrink: [
    'americano',
    'cappuccino',
    'espresso',
    'iced mocha',
    'latte',
    'mocha',
    'coffee',
    'drip coffee',
    'house coffee',
    'iced coffee',
  ],
  milkAmount: amounts('milk', 'skim milk', 'whole milk', 'soy milk', 'almond milk', 'cream'),
  sugarAmount: amounts('sugar', 'brown sugar', 'sweetener'),
};
const carriers = [
  'brew',
  'can I get',
  'can I have',
  'I want',
  'get me',
  'give me',
  "I'd like",
  'make me',
  'may I have',
];

/**
 * A random sentence of the published grammar and its slots: any of size, roast and shots in any order, the drink, then
 * milk and sugar or one of them.
 */
function randomOrder(random: () => number): { said: string; slots: Record<string, string> } {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const shuffled = (names: string[]): string[] =>
    names
      .map((name) => ({ name, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ name }) => name);
  const before = shuffled(['size', 'roast', 'numberOfShots']).slice(0, Math.floor(random() * 4));
  const behind = shuffled(['milkAmount', 'sugarAmount']).slice(0, Math.floor(random() * 3));
  const slots = Object.fromEntries([...before, 'coffeeDrink', ...behind].map((name) => [name, pick(words[name]!)]));
  const say = (names: string[], between: string): string => names.map((name) => slots[name]).join(between);
  const said = `${pick(carriers)} ${pick(['a', 'an'])} ${say([...before, 'coffeeDrink'], ' ')}${behind.length > 0 ? ` with ${say(behind, ' and ')}` : ''}`;
  return { said, slots };
}

describe('The coffee command', () => {
  it('loads without problems', () => {
    expect(problems).toEqual([]);
  });

  it('understands 1,000 random sentences of the published grammar with every slot', () => {
    const random = createRandom('orders');
    for (let i = 0; i < 1_000; i++) {
      const { said, slots } = randomOrder(random);
      expect(isExact({ intent: 'orderDrink', slots }, matcher.match(said).match), said).toBe(true);
    }
  });

  it.each([
    ['make me a 16-ounce, light roast, triple shot Americano with a bit of soy milk and sugar.'],
    ['I would like a mocha, please.'],
    ['Can I have an 8 ounce cappuccino with lots of sweetener?'],
  ])('understands %j as it is written down', (said) => {
    expect(matcher.match(said).match).toMatchObject({ command: 'order-drink', score: 1 });
  });
});

describe('A label', () => {
  const label = '{"intent": "orderDrink", "slots": {"coffeeDrink": "iced mocha", "sugarAmount": " brown  sugar"}}';
  const args = { coffeeDrink: 'iced mocha', sugarAmount: 'brown sugar' };

  it('is met by the intent and all its slots', () => {
    expect(isRight(label, { command: 'order-drink', args })).toBe(true);
    expect(isExact(readLabel(label), { command: 'order-drink', args: { ...args, size: undefined } })).toBe(true);
  });

  it.each<[string, Parameters<typeof isRight>[1]]>([
    ['nothing', undefined],
    ['another command', { command: 'other', args }],
    ['another value', { command: 'order-drink', args: { ...args, sugarAmount: 'sugar' } }],
    ['a slot too few', { command: 'order-drink', args: { coffeeDrink: 'iced mocha' } }],
  ])('is not met by %s', (_name, match) => {
    expect(isRight(label, match)).toBe(false);
  });

  it('says nothing of slots it does not have, but exactly met it is only without them', () => {
    const more = { command: 'order-drink', args: { ...args, size: 'small' } };
    expect([isRight(label, more), isExact(label, more)]).toEqual([true, false]);
  });
});
