import { defineCommand, list } from 'heed';
import { area, dans, device } from './_maison.ts';

export default defineCommand({
  description: 'Met en marche et arrête un appareil.',
  phrases: { fr: ['{state} [le|la] {device} [<dans>]'] },
  rules: { dans },
  slots: {
    state: list([
      { value: 'on', say: ['allume', 'allumer', 'démarre', 'démarrer', 'lance', 'lancer'] },
      { value: 'off', say: ['éteins', 'éteindre', 'arrête', 'arrêter'] },
    ]),
    device,
    area,
  },
  examples: [
    {
      say: 'allume le ventilateur de plafond dans le bureau',
      args: { state: 'on', device: 'ventilateur de plafond', area: 'bureau' },
    },
  ],
  not: ['la télé est allumée', 'nestor est en panne'],
  run: () => ({}),
});
