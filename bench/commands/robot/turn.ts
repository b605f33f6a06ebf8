import { defineCommand, list, number } from 'heed';

export default defineCommand({
  description: 'Turns on the spot.',
  phrases: [
    '(turn|rotate|spin) [to the] {side} [by] {degrees} (degree|degrees)',
    '(turn|rotate|spin) [by] {degrees} degrees [to the] {side}',
    '(turn|rotate) [to the] {side}',
    '(turn|rotate) {around}',
  ],
  slots: {
    side: list(['left', 'right']),
    degrees: number({ min: 1, max: 360 }),
    around: list([{ value: true, say: ['around', 'round'] }]),
  },
  examples: [
    { say: 'turn left ninety degrees', args: { side: 'left', degrees: 90 } },
    { say: 'rotate right', args: { side: 'right' } },
    { say: 'turn around', args: { around: true } },
  ],
  not: ['that is right', 'turn left at the station', 'it is ninety degrees outside'],
  run: () => ({}),
});
