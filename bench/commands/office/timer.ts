import { defineCommand, duration } from 'heed';

export default defineCommand({
  description: 'Gives the speaker a time limit, or the room a break.',
  phrases: [
    '(set|start) [a|the] timer for {time}',
    '(take|start|have) a {time} break',
    '(stop|cancel|reset) the timer',
  ],
  slots: { time: duration() },
  examples: [
    { say: 'set a timer for ten minutes', args: { time: 600 } },
    { say: 'take a fifteen minute break', args: { time: 900 } },
  ],
  not: ['give me a second', 'I need a break'],
  run: () => ({}),
});
