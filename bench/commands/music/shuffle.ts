import { defineCommand, list } from 'heed';

export default defineCommand({
  description: 'Turns shuffle and repeat on or off.',
  phrases: [
    '(turn|switch) {mode} {on}',
    '(turn|switch) {on} {mode}',
    '{mode} {on}',
    '{shuffle} (the|my) (songs|playlist|music)',
  ],
  slots: {
    mode: list([
      { value: 'shuffle', say: ['shuffle', 'shuffle mode', 'random play'] },
      { value: 'repeat', say: ['repeat', 'repeat mode'] },
    ]),
    on: list([
      { value: true, say: ['on'] },
      { value: false, say: ['off'] },
    ]),
    shuffle: list([{ value: true, say: ['shuffle'] }]),
  },
  examples: [
    { say: 'turn shuffle on', args: { mode: 'shuffle', on: true } },
    { say: 'repeat off', args: { mode: 'repeat', on: false } },
    { say: 'shuffle my playlist', args: { shuffle: true } },
  ],
  not: ['shuffle the cards'],
  run: () => ({}),
});
