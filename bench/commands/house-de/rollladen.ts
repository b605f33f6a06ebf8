import { defineCommand, list } from 'heed';
import { area, cover, das, im, mal } from './_haus.ts';

export default defineCommand({
  description: 'Öffnet und schließt Rollläden, Vorhänge und Fenster.',
  phrases: {
    de: [
      '{action} <what>',
      '(mach|mache|machen sie) <mal> <what> {move}',
      '(fahr|fahre|zieh|ziehe|lass) <what> {drive}',
      '<what> {whole}',
    ],
  },
  rules: { im, das, mal, what: '[alle] [<das>] {cover} [<im>]' },
  slots: {
    action: list([
      { value: 'open', say: ['öffne', 'öffnen sie'] },
      { value: 'close', say: ['schließ', 'schließe', 'schließen sie'] },
    ]),
    move: list([
      { value: 'open', say: ['auf'] },
      { value: 'close', say: ['zu'] },
    ]),
    drive: list([
      { value: 'open', say: ['hoch', 'rauf'] },
      { value: 'close', say: ['runter', 'herunter'] },
    ]),
    whole: list([
      { value: 'open', say: ['öffnen', 'aufmachen', 'hochfahren'] },
      { value: 'close', say: ['schließen', 'zumachen', 'runterfahren'] },
    ]),
    cover,
    area,
  },
  examples: [
    { say: 'öffne die Rollläden', args: { action: 'open', cover: 'rollladen' } },
    { say: 'mach das Fenster im Bad zu', args: { cover: 'fenster', area: 'bad', move: 'close' } },
  ],
  not: ['die Rollläden sind zu'],
  run: () => ({}),
});
