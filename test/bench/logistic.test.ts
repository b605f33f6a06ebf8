import { expect, test } from 'vitest';
import { fitLogistic, type Example } from '../../bench/lib/logistic.ts';

const example = (isPositive: boolean, values: Record<string, number>): Example => ({
  group: 'g',
  isPositive,
  values: new Map(Object.entries(values)),
});

test('The fitted curve tells the kinds apart by what differs, and ignores what does not', () => {
  const examples = Array.from({ length: 200 }, (_, i) =>
    example(i % 2 === 0, { against: i % 2 === 0 ? 0.2 : 0.8 + (i % 5) / 10, idle: i % 3 }),
  );
  const { constant, weights } = fitLogistic(examples, { fixed: {}, mayBePositive: new Set() });
  const weight = Object.fromEntries(weights);
  expect(weight['against']).toBeLessThan(-1);
  expect(Math.abs(weight['idle']!)).toBeLessThan(Math.abs(weight['against']!) / 5);
  const probability = ({ values }: Example): number =>
    1 / (1 + Math.exp(-(constant + [...values].reduce((sum, [name, value]) => sum + weight[name]! * value, 0))));
  expect(examples.every((each) => probability(each) > 0.5 === each.isPositive)).toBe(true);
});

test('Fixed weights stay, and what must speak against never speaks for', () => {
  const examples = Array.from({ length: 100 }, (_, i) =>
    example(i % 2 === 0, { wrongWay: i % 2 === 0 ? 1 : 0, set: 1 }),
  );
  const { weights } = fitLogistic(examples, { fixed: { set: -2 }, mayBePositive: new Set() });
  expect(Object.fromEntries(weights)).toEqual({ wrongWay: 0, set: -2 });
});
