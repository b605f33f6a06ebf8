import { defineCommand, list } from 'heed';
import { door } from './_casa.ts';

export default defineCommand({
  description: 'Cierra y abre con llave.',
  phrases: { es: ['{action} con llave [la] {door}', '{action} la cerradura de la {door}'] },
  slots: {
    action: list([
      { value: 'lock', say: ['cierra', 'cerrá'] },
      { value: 'unlock', say: ['abre', 'abrí'] },
    ]),
    door,
  },
  examples: [{ say: 'cierra con llave la puerta principal', args: { action: 'lock', door: 'puerta principal' } }],
  not: ['la llave de la puerta'],
  risk: 'medium',
  run: () => ({}),
});
