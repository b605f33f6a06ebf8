import { defineCommand, duration, list } from 'heed';
import { dish } from './_kitchen.ts';

export default defineCommand({
  description: 'Stops, pauses or prolongs a timer.',
  phrases: ['{action} (the|my) [{dish}] timer', '{action} {all} timers', 'add {more} to the [{dish}] timer'],
  slots: {
    action: list([{ value: 'stop', say: ['stop', 'cancel', 'turn off'] }, 'pause', 'resume']),
    all: list([{ value: true, say: ['all', 'all the'] }]),
    more: duration(),
    dish,
  },
  examples: [
    { say: 'stop the pizza timer', args: { action: 'stop', dish: 'pizza' } },
    { say: 'add two minutes to the timer', args: { more: 120 } },
  ],
  not: ['the timer stopped', 'how long is the timer'],
  run: () => ({}),
});
