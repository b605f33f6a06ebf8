import { defineCommand, duration } from 'heed';

export default defineCommand({
  description: 'Start a timer.',
  phrases: [
    '(set|start|create) [a|my|the] timer for {length}',
    '(set|start|create) [a] {length} timer',
    '{length} timer',
  ],
  slots: { length: duration() },
  examples: [
    { say: 'set a timer for 1 hour and 5 minutes', args: { length: 3900 } },
    { say: 'start a thirty second timer', args: { length: 30 } },
  ],
  run: ({ args }) => ({ say: `A timer for ${args.length} seconds.` }),
});
