import { defineCommand, list } from 'heed';
import { area, cover, dans } from './_maison.ts';

export default defineCommand({
  description: 'Ouvre et ferme volets, rideaux, portes et fenêtres.',
  phrases: { fr: ["{action} [tous|toutes] [le|la|les|l'] {cover} [<dans>]"] },
  rules: { dans },
  slots: {
    action: list([
      { value: 'open', say: ['ouvre', 'ouvrir', 'ouvrez'] },
      { value: 'close', say: ['ferme', 'fermer', 'fermez'] },
    ]),
    cover,
    area,
  },
  examples: [
    { say: 'ouvre les volets', args: { action: 'open', cover: 'volet' } },
    { say: 'fermer toutes les fenêtres de la chambre', args: { action: 'close', cover: 'fenêtre', area: 'chambre' } },
  ],
  not: ['les volets sont ouverts', 'ferme la bouche'],
  run: () => ({}),
});
