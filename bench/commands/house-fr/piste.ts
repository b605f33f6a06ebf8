import { defineCommand, list } from 'heed';
import { media } from './_maison.ts';

export default defineCommand({
  description: 'Passe au morceau suivant ou revient au précédent.',
  phrases: { fr: ['[{media}] {direction}', '(passe|passer) (à la|au) {media} {direction}'] },
  slots: {
    media,
    direction: list([
      { value: 'next', say: ['suivant', 'suivante'] },
      { value: 'previous', say: ['précédent', 'précédente'] },
    ]),
  },
  examples: [
    { say: 'musique suivante', args: { media: 'musique', direction: 'next' } },
    { say: 'précédent', args: { direction: 'previous' } },
  ],
  not: ['la chanson suivante est belle', 'le jour suivant'],
  run: () => ({}),
});
