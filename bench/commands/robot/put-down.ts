import { defineCommand } from 'heed';
import { object, place } from './_floor.ts';

export default defineCommand({
  description: 'Puts down what the gripper holds.',
  phrases: [
    'put down (it|that|the {object})',
    'put (it|that|the {object}) down',
    '(put|place|drop) (it|that|the {object}) [(on|at|in) [the] {place}]',
    'release (it|the {object})',
  ],
  slots: { object, place },
  examples: [
    { say: 'put down the cube', args: { object: 'cube' } },
    { say: 'place the tray on the workbench', args: { object: 'tray', place: 'workbench' } },
  ],
  not: ['put it on the bill', 'drop the subject', 'drop it already'],
  run: () => ({}),
});
