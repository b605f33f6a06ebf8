import { defineCommand, list, percent } from 'heed';

export default defineCommand({
  description: 'Sets how loud the music is.',
  phrases: [
    '(set|turn|put|change) [the] (volume|music|sound) [up|down] to {level}',
    'volume [at|to] {level}',
    '{mute} [the] [music|sound|volume|player]',
  ],
  slots: {
    level: percent(),
    mute: list([
      { value: true, say: ['mute'] },
      { value: false, say: ['unmute'] },
    ]),
  },
  examples: [
    { say: 'set the volume to forty percent', args: { level: 40 } },
    { say: 'volume at half', args: { level: 50 } },
    { say: 'mute the music', args: { mute: true } },
  ],
  not: ['the volume is at fifty percent'],
  run: () => ({}),
});
