import { defineCommand, duration } from 'heed';
import { dish } from './_kitchen.ts';

export default defineCommand({
  description: 'Starts a kitchen timer.',
  phrases: [
    '(set|start) [a|an|the] [{dish}] timer for {time} [for the {dish}]',
    '(set|start) [a] {time} [{dish}] timer',
    '(time|boil|bake) the {dish} for {time}',
    '{time} for the {dish}',
    'remind me in {time}',
  ],
  slots: { time: duration(), dish },
  examples: [
    { say: 'set a pasta timer for nine minutes', args: { dish: 'pasta', time: 540 } },
    { say: 'start a ten minute timer', args: { time: 600 } },
    { say: 'six minutes for the eggs', args: { time: 360, dish: 'egg' } },
  ],
  not: ['the cake takes forty minutes', 'i boil the eggs for six minutes'],
  run: () => ({}),
});
