import { defineCommand, text } from 'heed';

export default defineCommand({
  description: 'Gives the place where the robot stands a name, or writes into its log.',
  phrases: ['(call|name) this place {name}', 'log [the] (note|message) {note}'],
  slots: { name: text({ maxWords: 4 }), note: text({ maxWords: 12 }) },
  examples: [
    { say: 'call this place north corner', args: { name: 'north corner' } },
    { say: 'log the note shelf two is empty', args: { note: 'shelf two is empty' } },
  ],
  not: ['i like this place', 'i call this place home'],
  run: () => ({}),
});
