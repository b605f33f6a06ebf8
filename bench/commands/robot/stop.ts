import { defineCommand } from 'heed';

export default defineCommand({
  description: 'Stops at once.',
  phrases: ['(stop|halt|freeze) [moving|driving|right there|immediately|the robot]', 'emergency stop', 'stand still'],
  examples: [{ say: 'stop' }, { say: 'stop moving' }, { say: 'stand still' }],
  not: ['the bus stop', 'do not stop', 'stop talking'],
  run: () => ({}),
});
