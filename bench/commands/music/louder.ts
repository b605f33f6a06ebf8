import { defineCommand, list, percent } from 'heed';

export default defineCommand({
  description: 'Makes the music louder or quieter.',
  phrases: [
    '[make (it|the music)] [a bit|a little|much] {way} [please]',
    'turn [the] (volume|music|sound|it) {direction} [by {step}]',
    'turn {direction} [the] (volume|music|sound) [by {step}]',
    'volume {direction} [by {step}]',
  ],
  slots: {
    way: list([
      { value: 'up', say: ['louder'] },
      { value: 'down', say: ['quieter', 'softer'] },
    ]),
    direction: list(['up', 'down']),
    step: percent({ min: 1, max: 50 }),
  },
  examples: [
    { say: 'turn the volume up', args: { direction: 'up' } },
    { say: 'a bit louder', args: { way: 'up' } },
    { say: 'turn down the music by ten percent', args: { direction: 'down', step: 10 } },
  ],
  not: ['the music is louder', 'turn the offer down'],
  run: () => ({}),
});
