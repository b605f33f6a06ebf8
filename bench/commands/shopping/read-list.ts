import { defineCommand } from 'heed';

export default defineCommand({
  description: 'Reads the shopping list out.',
  phrases: [
    '(read|show) [me] (the|my) [shopping|grocery] list',
    'what is on (the|my) [shopping|grocery] list',
    'what do (we|I) need [to buy]',
  ],
  examples: [{ say: 'read me the shopping list' }, { say: "what's on my list" }],
  not: ['i read the list', 'what do you need'],
  run: () => ({}),
});
