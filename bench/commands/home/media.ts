import { defineCommand, list } from 'heed';
import { player } from './_house.ts';

export default defineCommand({
  description: 'Pause and resume music and films.',
  phrases: ['{action} [[the] music]', '{action} [the] {player}'],
  slots: { action: list(['pause', { value: 'resume', say: ['resume', 'continue', 'unpause'] }]), player },
  examples: [
    { say: 'pause the TV', args: { action: 'pause', player: 'tv' } },
    { say: 'resume', args: { action: 'resume' } },
  ],
  run: ({ args }) => ({ say: `${args.action} ${args.player ?? 'music'}.` }),
});
