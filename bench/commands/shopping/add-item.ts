import { defineCommand, number } from 'heed';
import { item, unit } from './_kitchen.ts';

export default defineCommand({
  description: 'Puts something on the shopping list.',
  phrases: [
    '(add|put) [some|a|an|the] {item} [<list>]',
    '(add|put) {count} [more] {item} [<list>]',
    '(add|put) (a|an) {unit} of {item} [<list>]',
    '(add|put) {count} {unit} of {item} [<list>]',
    'we (need|are out of) [some|more|a|an] {item}',
    'we need {count} [more] {item}',
    'we need {count} {unit} of {item}',
  ],
  rules: { list: '(to|on) (the|my) [shopping|grocery] list' },
  slots: { item, unit, count: number({ min: 1, max: 24 }) },
  examples: [
    { say: 'add milk to the shopping list', args: { item: 'milk' } },
    { say: 'put three lemons on my list', args: { count: 3, item: 'lemon' } },
    { say: 'add two bottles of olive oil', args: { count: 2, unit: 'bottle', item: 'olive oil' } },
  ],
  not: ['we have milk', 'add the milk to the flour', 'put the butter in the fridge'],
  run: () => ({}),
});
