import { defineCommand, list } from 'heed';
import { cover } from './_house.ts';

export default defineCommand({
  description: 'Ask whether a door is open.',
  phrases: ['is [the] {name} {state}'],
  slots: { name: cover, state: list(['open', 'closed']) },
  examples: [{ say: 'is the sliding door open', args: { name: 'sliding door', state: 'open' } }],
  run: ({ args }) => ({ say: `Asked whether the ${args.name} is ${args.state}.` }),
});
