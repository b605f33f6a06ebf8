import { defineCommand } from 'heed';

export default defineCommand({
  description: 'Pauses the music.',
  phrases: [
    '(pause|stop|halt) [it|this|the music|the song|this song|playing]',
    'stop the (playback|player)',
    '(music|player) off',
  ],
  examples: [{ say: 'pause the music' }, { say: 'stop playing' }],
  not: ['the music stopped', 'do not stop', 'stop it already'],
  run: () => ({}),
});
