import { defineCommand, list, percent } from 'heed';

export default defineCommand({
  description: 'Moves the screen and turns the projector on and off.',
  phrases: [
    '{move} the [projection] screen [(by|to) {height}]',
    '(turn|switch) {on} the projector',
    '(turn|switch) the projector {on}',
    'projector {on}',
    '(set|dim) the projector [brightness] to {brightness}',
  ],
  slots: {
    move: list([
      { value: 'up', say: ['raise', 'roll up'] },
      { value: 'down', say: ['lower', 'roll down'] },
    ]),
    height: percent(),
    on: list([
      { value: true, say: ['on'] },
      { value: false, say: ['off'] },
    ]),
    brightness: percent({ min: 10 }),
  },
  examples: [
    { say: 'lower the screen', args: { move: 'down' } },
    { say: 'projector off', args: { on: false } },
    { say: 'set the projector to seventy percent', args: { brightness: 70 } },
  ],
  not: ['the screen is down', 'lower the price'],
  run: () => ({}),
});
