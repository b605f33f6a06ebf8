import { defineCommand, list } from 'heed';
import { lock } from './_house.ts';

export default defineCommand({
  description: 'Ask whether a door is locked.',
  phrases: ['is [the] {name} {state}'],
  slots: { name: lock, state: list(['locked', 'unlocked']) },
  examples: [{ say: 'is the back door locked', args: { name: 'back door', state: 'locked' } }],
  run: ({ args }) => ({ say: `Asked whether the ${args.name} is ${args.state}.` }),
});
