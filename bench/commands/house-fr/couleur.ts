import { defineCommand } from 'heed';
import { area, color, dans, light } from './_maison.ts';

export default defineCommand({
  description: 'Donne une couleur aux lumières.',
  phrases: {
    fr: ['<verb> [la|les] (lumière|lumières) [<dans>] en {color}', '<verb> [le|la] ({light}|{area}) en {color}'],
  },
  rules: { dans, verb: '(allume|allumer|règle|régler|mets|mettre|passe)' },
  slots: { area, light, color },
  examples: [
    { say: 'règle les lumières du salon en blanc', args: { area: 'salon', color: 'blanc' } },
    { say: 'mets la chambre en bleu', args: { area: 'chambre', color: 'bleu' } },
  ],
  not: ['la chambre est bleue', 'le salon est en rouge'],
  run: () => ({}),
});
