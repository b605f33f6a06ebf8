import { defineCommand, list, percent } from 'heed';

export default defineCommand({
  description: 'Sets how fast the robot drives.',
  phrases: [
    '(set|change) [the|your] speed to {speed}',
    '(drive|go|move) at {speed} [speed]',
    '{change}',
    '(go|drive|move) {change}',
  ],
  slots: {
    speed: percent({ min: 5, max: 80 }),
    change: list([
      { value: 'slower', say: ['slower', 'a bit slower', 'slow down'] },
      { value: 'faster', say: ['faster', 'a bit faster', 'speed up'] },
    ]),
  },
  examples: [
    { say: 'set the speed to forty percent', args: { speed: 40 } },
    { say: 'slow down', args: { change: 'slower' } },
    { say: 'go faster', args: { change: 'faster' } },
  ],
  not: ['the speed is forty percent', 'how fast'],
  run: () => ({}),
});
