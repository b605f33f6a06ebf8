import { defineCommand, list } from 'heed';
import { playlist } from './_library.ts';

export default defineCommand({
  description: 'Remembers a song as liked, or no more, or in a playlist.',
  phrases: [
    '{opinion} this (song|track|one)',
    'add (this|the) (song|track) to [the|my] {playlist} [playlist]',
    'save this (song|track)',
  ],
  slots: {
    opinion: list([
      { value: 'like', say: ['like', 'heart', 'thumbs up for'] },
      { value: 'dislike', say: ['dislike', 'thumbs down for'] },
    ]),
    playlist,
  },
  examples: [
    { say: 'like this song', args: { opinion: 'like' } },
    { say: 'add this song to my party playlist', args: { playlist: 'party' } },
  ],
  not: ['i like this song', 'songs like this one', 'she likes this song'],
  run: () => ({}),
});
