import { defineCommand } from 'heed';
import { script } from './_maison.ts';

export default defineCommand({
  description: 'Lance un scénario.',
  phrases: { fr: ['(active|activer|lance|lancer) [le|la] [(script|scène)] {script}'] },
  slots: { script },
  examples: [{ say: 'lancer la scène Mode partie', args: { script: 'mode partie' } }],
  not: ['le mode discret est actif'],
  run: () => ({}),
});
