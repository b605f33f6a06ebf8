import { defineCommand } from 'heed';

export default defineCommand({
  description: 'Goes on playing.',
  phrases: [
    '(resume|continue) [playing|the music|the song|this song]',
    '(keep|go on) playing',
    'unpause [it|the music]',
    'play [the] music',
  ],
  examples: [{ say: 'resume the music' }, { say: 'keep playing' }],
  not: ['continue reading'],
  run: () => ({}),
});
