import { defineCommand, list } from 'heed';
import { lock } from './_house.ts';

export default defineCommand({
  description: 'Lock or unlock a door.',
  phrases: ['{action} [the] {name}'],
  slots: { action: list(['lock', 'unlock']), name: lock },
  examples: [{ say: 'lock the back door', args: { action: 'lock', name: 'back door' } }],
  risk: 'medium',
  run: ({ args }) => ({ say: `${args.name}: ${args.action}ed.` }),
});
