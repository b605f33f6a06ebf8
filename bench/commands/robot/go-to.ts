import { defineCommand, list } from 'heed';
import { place } from './_floor.ts';

export default defineCommand({
  description: 'Goes to a place, home, or to the charger.',
  phrases: [
    '(go|drive|navigate|move|return) to [the] {place}',
    '(go|drive|return|come) {home}',
    '(go|return) to [the] {home}',
    '{charge} [your battery|yourself]',
    '(go|drive|return) to [the] {charge}',
  ],
  slots: {
    place,
    home: list([{ value: true, say: ['home', 'base', 'home position', 'back home'] }]),
    charge: list([{ value: true, say: ['charge', 'recharge', 'charger', 'charging station'] }]),
  },
  examples: [
    { say: 'go to the loading dock', args: { place: 'loading dock' } },
    { say: 'go home', args: { home: true } },
    { say: 'recharge', args: { charge: true } },
    { say: 'go to the charging station', args: { charge: true } },
  ],
  not: ['i go home now', 'go to school', 'charge my card'],
  run: () => ({}),
});
