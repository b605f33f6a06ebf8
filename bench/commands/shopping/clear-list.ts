import { defineCommand } from 'heed';

export default defineCommand({
  description: 'Empties the shopping list.',
  phrases: [
    '(clear|empty|wipe|delete) [all of] (the|my) [whole|entire] [shopping|grocery] list',
    'remove everything from (the|my) [shopping|grocery] list',
  ],
  examples: [{ say: 'clear the shopping list' }, { say: 'remove everything from my list' }],
  not: ['the list is empty', 'empty the dishwasher'],
  risk: 'high',
  confirm: 'Really empty the whole shopping list?',
  run: () => ({}),
});
