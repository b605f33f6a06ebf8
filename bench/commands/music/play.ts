import { defineCommand, text } from 'heed';
import { artist, genre, playlist } from './_library.ts';

export default defineCommand({
  description: 'Plays an artist, a playlist, a kind of music or a song.',
  phrases: [
    '(play|put on|listen to) [some|something by|songs by|music by|the music of] {artist}',
    '(play|put on|start) [the|my] {playlist} playlist',
    '(play|put on|start) the playlist {playlist}',
    '(play|put on) [some] {genre} [music]',
    '(play|put on) the song {title}',
    'I want to (hear|listen to) [some] ({artist}|{genre})',
  ],
  slots: { artist, playlist, genre, title: text({ maxWords: 6 }) },
  examples: [
    { say: 'play some Miles Davis', args: { artist: 'miles davis' } },
    { say: 'put on my workout playlist', args: { playlist: 'workout' } },
    { say: 'play some jazz', args: { genre: 'jazz' } },
    { say: 'play the song let it be', args: { title: 'let it be' } },
  ],
  not: ['we play jazz', 'play cards', 'put on a coat'],
  run: () => ({}),
});
