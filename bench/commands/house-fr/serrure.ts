import { defineCommand, list } from 'heed';
import { area, dans, lock } from './_maison.ts';

export default defineCommand({
  description: 'Verrouille et déverrouille les portes.',
  phrases: { fr: ["{action} (la|l') {lock} [<dans>]"] },
  rules: { dans },
  slots: {
    action: list([
      { value: 'lock', say: ['verrouille', 'verrouiller'] },
      { value: 'unlock', say: ['déverrouille', 'déverrouiller'] },
    ]),
    lock,
    area,
  },
  examples: [{ say: "verrouille la porte d'entrée", args: { action: 'lock', lock: "porte d'entrée" } }],
  not: ["l'entrée est verrouillée"],
  risk: 'medium',
  run: () => ({}),
});
