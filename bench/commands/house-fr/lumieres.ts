import { defineCommand, list } from 'heed';
import { area, dans, light } from './_maison.ts';

export default defineCommand({
  description: 'Allume ou éteint les lumières.',
  phrases: { fr: ['{state} [toutes] [la|les] (lumière|lumières) [<dans>]', '{state} [le|la] ({light}|{area})'] },
  rules: { dans },
  slots: {
    state: list([
      { value: 'on', say: ['allume', 'allumer', 'allumez'] },
      { value: 'off', say: ['éteins', 'éteindre', 'éteignez'] },
    ]),
    area,
    light,
  },
  examples: [
    { say: 'allume les lumières du salon', args: { state: 'on', area: 'salon' } },
    { say: 'éteins la lampe de chevet', args: { state: 'off', light: 'lampe de chevet' } },
  ],
  not: ['les lumières sont allumées', 'la lumière du salon est belle'],
  run: () => ({}),
});
