import { defineCommand, list, number } from 'heed';

export default defineCommand({
  description: 'Drives straight on for a distance.',
  phrases: [
    '(move|drive|go|roll) {way} [by] {centimeters} (centimeter|centimeters|centimetres)',
    '(move|drive|go|roll) {way} [by] {meters} (meter|meters|metres)',
    '{way} {centimeters} (centimeters|centimetres)',
  ],
  slots: {
    way: list([
      { value: 'forward', say: ['forward', 'forwards', 'ahead'] },
      { value: 'backward', say: ['back', 'backward', 'backwards'] },
    ]),
    centimeters: number({ min: 1, max: 500 }),
    meters: number({ min: 1, max: 5 }),
  },
  examples: [
    { say: 'move forward fifty centimeters', args: { way: 'forward', centimeters: 50 } },
    { say: 'drive back two meters', args: { way: 'backward', meters: 2 } },
  ],
  not: ['it moves forward fifty centimeters', 'go back home'],
  run: () => ({}),
});
