import { defineCommand, list } from 'heed';
import { door } from './_casa.ts';

export default defineCommand({
  description: 'Dice si una puerta está abierta, y cuánto falta para el temporizador.',
  phrases: {
    es: [
      'está {state} la {door}',
      'está la {door} {state}',
      '[cuál es el] estado [de|del] [mi|el] temporizador',
      'cuánto (falta|queda) (para|en) el temporizador',
    ],
  },
  slots: {
    door,
    state: list([
      { value: 'open', say: ['abierta'] },
      { value: 'closed', say: ['cerrada'] },
      { value: 'locked', say: ['cerrada con llave'] },
    ]),
  },
  examples: [
    { say: 'está abierta la puerta principal', args: { state: 'open', door: 'puerta principal' } },
    { say: 'estado del temporizador' },
  ],
  not: ['la puerta está abierta'],
  run: () => ({}),
});
