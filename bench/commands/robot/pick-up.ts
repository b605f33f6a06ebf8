import { defineCommand } from 'heed';
import { object, place } from './_floor.ts';

export default defineCommand({
  description: 'Picks something up.',
  phrases: ['(pick up|grab|take|lift) [the|that|a] {object} [(from|at) [the] {place}]', 'pick [the|that] {object} up'],
  slots: { object, place },
  examples: [
    { say: 'pick up the red box', args: { object: 'red box' } },
    { say: 'grab the bottle from shelf two', args: { object: 'bottle', place: 'shelf two' } },
  ],
  not: ['pick up the phone', 'pick up the children', 'take a break'],
  run: () => ({}),
});
