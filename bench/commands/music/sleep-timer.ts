import { defineCommand, duration, list } from 'heed';

export default defineCommand({
  description: 'Stops the music after some time.',
  phrases: [
    '(set|start) [a|the] sleep timer (for|to) {time}',
    '(set|start) a {time} sleep timer',
    '(stop|pause) [the music|playing] (in|after) {time}',
    '{action} [the|my] sleep timer',
  ],
  slots: { time: duration(), action: list([{ value: 'cancel', say: ['cancel', 'stop', 'clear'] }]) },
  examples: [
    { say: 'set a sleep timer for thirty minutes', args: { time: 1800 } },
    { say: 'stop the music in an hour', args: { time: 3600 } },
    { say: 'cancel the sleep timer', args: { action: 'cancel' } },
  ],
  not: ['i slept for an hour'],
  run: () => ({}),
});
