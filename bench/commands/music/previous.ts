import { defineCommand } from 'heed';

export default defineCommand({
  description: 'Plays the last song again, or this one from its beginning.',
  phrases: [
    '[(play|go to|go back to)] [the] (previous|last) (song|track|one) [again]',
    '(play|repeat) (this|that|the) (song|track|one) again',
    'repeat [this|the] (song|track)',
    '(start|play) (this|the) (song|track) (over|from the beginning)',
  ],
  examples: [{ say: 'go back to the previous song' }, { say: 'play that song again' }],
  not: ['the last song was great'],
  run: () => ({}),
});
