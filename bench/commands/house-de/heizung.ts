import { defineCommand, number } from 'heed';
import { area, im } from './_haus.ts';

export default defineCommand({
  description: 'Stellt die Heizung ein.',
  phrases: {
    de: [
      '(stell|stelle|stellen sie|dreh|drehe|setz|setze) die (heizung|temperatur) [<im>] auf {degrees} [grad]',
      'die (heizung|temperatur) [<im>] auf {degrees} [grad] (stellen|drehen)',
    ],
  },
  rules: { im },
  slots: { degrees: number({ min: 5, max: 30 }), area },
  examples: [{ say: 'stell die Heizung im Bad auf 22 Grad', args: { area: 'bad', degrees: 22 } }],
  not: ['die Heizung steht auf zwanzig Grad'],
  run: () => ({}),
});
