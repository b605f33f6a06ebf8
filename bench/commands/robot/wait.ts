import { defineCommand, duration } from 'heed';
import { place } from './_floor.ts';

export default defineCommand({
  description: 'Waits for a while, then goes on with its task.',
  phrases: ['(wait|pause) [for] {time} [(at|in) [the] {place}]', 'wait (here|there) for {time}'],
  slots: { time: duration(), place },
  examples: [
    { say: 'wait for ten seconds', args: { time: 10 } },
    { say: 'wait two minutes at the entrance', args: { time: 120, place: 'entrance' } },
  ],
  not: ['wait for me', 'wait a moment'],
  run: () => ({}),
});
