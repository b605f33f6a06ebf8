import { defineCommand, list } from 'heed';
import { area, en, light } from './_casa.ts';

export default defineCommand({
  description: 'Enciende o apaga las luces.',
  phrases: { es: ['{state} [todas] [la|las] (luz|luces) [<en>|{area}]', '{state} [la] {light}'] },
  rules: { en },
  slots: {
    state: list([
      { value: 'on', say: ['enciende', 'encender', 'prende', 'encended'] },
      { value: 'off', say: ['apaga', 'apagar', 'apagad'] },
    ]),
    area,
    light,
  },
  examples: [
    { say: 'enciende las luces de la cocina', args: { state: 'on', area: 'cocina' } },
    { say: 'apaga la lámpara de pie', args: { state: 'off', light: 'lámpara de pie' } },
  ],
  not: ['la luz está encendida', 'se apaga la luz'],
  run: () => ({}),
});
