import { defineCommand } from 'heed';

export default defineCommand({
  description: 'Do nothing.',
  phrases: ['(nevermind|never mind)'],
  run: () => undefined,
});
