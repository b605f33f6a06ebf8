import { defineCommand, text } from 'heed';
import { person } from './_meeting.ts';

export default defineCommand({
  description: 'Writes down decisions and tasks.',
  phrases: ['(write down|note down) [that] {note}', 'new task for {person} {note}'],
  slots: { note: text({ maxWords: 14 }), person },
  examples: [
    { say: 'write down the launch is in May', args: { note: 'the launch is in May' } },
    { say: 'new task for Linda order the chairs', args: { person: 'linda', note: 'order the chairs' } },
  ],
  not: ['i wrote down the date', 'a hard decision'],
  run: () => ({}),
});
