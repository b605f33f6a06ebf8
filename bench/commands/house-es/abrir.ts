import { defineCommand, list } from 'heed';
import { area, cover, door, en } from './_casa.ts';

export default defineCommand({
  description: 'Abre y cierra puertas, ventanas, cortinas y persianas.',
  phrases: { es: ['{action} [la] {door}', '{action} [todas] [la|las] {cover} [<en>]'] },
  rules: { en },
  slots: {
    action: list([
      { value: 'open', say: ['abre', 'abrir', 'abrid'] },
      { value: 'close', say: ['cierra', 'cerrar', 'cerrad'] },
    ]),
    door,
    cover,
    area,
  },
  examples: [
    { say: 'abre la puerta del garaje', args: { action: 'open', door: 'puerta del garaje' } },
    { say: 'cierra las persianas del salón', args: { action: 'close', cover: 'persiana', area: 'salón' } },
  ],
  not: ['la puerta está abierta', 'cierra la boca'],
  run: () => ({}),
});
