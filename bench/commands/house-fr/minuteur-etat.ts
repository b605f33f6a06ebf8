import { defineCommand } from 'heed';

export default defineCommand({
  description: 'Dit combien de temps il reste au minuteur.',
  phrases: {
    fr: ['combien de temps reste-t-il [(dans|sur|à) (le|mon) minuteur]', 'combien de temps reste-t-il au minuteur'],
  },
  examples: [{ say: 'combien de temps reste-t-il sur le minuteur' }],
  not: ['il reste du temps'],
  run: () => ({}),
});
