import { defineCommand } from 'heed';
import { item } from './_kitchen.ts';

export default defineCommand({
  description: 'Takes something off the shopping list.',
  phrases: [
    '(remove|delete|cross off|take off) [the] {item} [(from|off) (the|my) [shopping|grocery] list]',
    'take [the] {item} off (the|my) [shopping|grocery] list',
    'we do not need [any|any more|more] {item} [any more|anymore]',
  ],
  slots: { item },
  examples: [
    { say: 'remove the butter from the list', args: { item: 'butter' } },
    { say: 'take eggs off my shopping list', args: { item: 'egg' } },
  ],
  not: ['take the bread out of the oven', 'we need milk'],
  run: () => ({}),
});
