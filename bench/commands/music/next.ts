import { defineCommand, number } from 'heed';

export default defineCommand({
  description: 'Skips the song, or several.',
  phrases: [
    'skip [(this|the) (song|track|one)]',
    '[(play|go to|skip to)] [the] next (song|track|one)',
    'skip [the next] {count} (songs|tracks)',
    'next',
  ],
  slots: { count: number({ min: 2, max: 20 }) },
  examples: [
    { say: 'skip this song', args: {} },
    { say: 'next track' },
    { say: 'skip three songs', args: { count: 3 } },
  ],
  not: ['the next song is great', 'skip lunch'],
  run: () => ({}),
});
