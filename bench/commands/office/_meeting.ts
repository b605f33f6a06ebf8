import { list } from 'heed';

export const person = list([
  'anna',
  'peter',
  'maria',
  'doctor brown',
  'james',
  'linda',
  'the front desk',
  'mister wilson',
]);
export const file = list(['agenda', 'minutes', 'budget', 'sales report', 'contract', 'presentation', 'floor plan']);
export const room = list(['room one', 'room two', 'board room', 'blue room', 'lecture hall']);
