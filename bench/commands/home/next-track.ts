import { defineCommand } from 'heed';
import { player } from './_house.ts';

export default defineCommand({
  description: 'Go on to the next track.',
  phrases: [
    '(next|skip) [[(this|the)] (song|track)] [on [the] {player}]',
    'skip to the next (song|track) [on [the] {player}]',
  ],
  slots: { player },
  examples: [
    { say: 'next track', args: {} },
    { say: 'skip this song on the TV', args: { player: 'tv' } },
  ],
  run: ({ args }) => ({ say: `Next track on ${args.player ?? 'the speaker'}.` }),
});
