import { defineCommand } from 'heed';
import { person } from './_meeting.ts';

export default defineCommand({
  description: 'Calls somebody, or hangs up.',
  phrases: [
    '(call|ring|phone|dial) {person} [again]',
    '(invite|add) {person} to (the|this) (call|meeting)',
    '(hang up|end the call|leave the (call|meeting))',
  ],
  slots: { person },
  examples: [
    { say: 'call Anna', args: { person: 'anna' } },
    { say: 'add Peter to the call', args: { person: 'peter' } },
    { say: 'hang up' },
  ],
  not: ['anna called', 'they call anna the boss'],
  risk: 'medium',
  run: () => ({}),
});
