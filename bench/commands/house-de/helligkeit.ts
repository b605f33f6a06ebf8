import { defineCommand, percent } from 'heed';
import { area, das, im, light } from './_haus.ts';

export default defineCommand({
  description: 'Stellt die Helligkeit ein.',
  phrases: { de: ['<verb> <what> auf {level} [(hoch|runter)]', '<what> auf {level} (stellen|dimmen|setzen)'] },
  rules: {
    im,
    das,
    verb: '(stell|stelle|stellen sie|dimm|dimme|setz|setze|dreh|drehe)',
    what: '((das licht|die helligkeit|die lampen|die beleuchtung) [<im>]|[<das>] {light})',
  },
  slots: { area, light, level: percent() },
  examples: [
    { say: 'stell die Helligkeit im Büro auf 50 Prozent', args: { area: 'büro', level: 50 } },
    { say: 'dimme die Stehlampe auf zwanzig Prozent', args: { light: 'stehlampe', level: 20 } },
  ],
  not: ['die Helligkeit ist auf fünfzig Prozent'],
  run: () => ({}),
});
