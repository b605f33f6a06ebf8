import { defineCommand, list } from 'heed';
import { das, door } from './_haus.ts';

export default defineCommand({
  description: 'Verriegelt und entriegelt die Türen.',
  phrases: {
    de: ['{action} <das> {door}', '(schließ|schließe|sperr|sperre) <das> {door} {lock}', '<das> {door} {whole}'],
  },
  rules: { das },
  slots: {
    action: list([
      { value: 'lock', say: ['verriegel', 'verriegele', 'verriegle'] },
      { value: 'unlock', say: ['entriegel', 'entriegele', 'entriegle'] },
    ]),
    lock: list([
      { value: 'lock', say: ['ab', 'zu'] },
      { value: 'unlock', say: ['auf'] },
    ]),
    whole: list([
      { value: 'lock', say: ['abschließen', 'verriegeln'] },
      { value: 'unlock', say: ['aufschließen', 'entriegeln'] },
    ]),
    door,
  },
  examples: [{ say: 'schließ die Haustür ab', args: { door: 'haustür', lock: 'lock' } }],
  not: ['die Haustür ist abgeschlossen'],
  risk: 'medium',
  run: () => ({}),
});
