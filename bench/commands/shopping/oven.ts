import { defineCommand, list, number } from 'heed';

export default defineCommand({
  description: 'Heats the oven, or turns it off.',
  phrases: [
    '(set|heat|preheat|turn) [up|down] the oven [up|down] to {degrees} [degrees]',
    '(turn|switch) the oven {on}',
    '(turn|switch) {on} the oven',
    'oven {on}',
    'oven [to|at] {degrees} degrees',
  ],
  slots: {
    degrees: number({ min: 50, max: 280 }),
    on: list([
      { value: true, say: ['on'] },
      { value: false, say: ['off'] },
    ]),
  },
  examples: [
    { say: 'preheat the oven to two hundred degrees', args: { degrees: 200 } },
    { say: 'turn the oven off', args: { on: false } },
  ],
  not: ['the oven is at two hundred degrees', 'the oven is on', 'put the cake in the oven'],
  risk: 'medium',
  run: () => ({}),
});
