import { defineCommand, list } from 'heed';
import { area, device, en } from './_casa.ts';

export default defineCommand({
  description: 'Enciende y apaga un aparato.',
  phrases: { es: ['{state} [el|la] {device} [<en>]'] },
  rules: { en },
  slots: {
    state: list([
      { value: 'on', say: ['enciende', 'encender', 'prende'] },
      { value: 'off', say: ['apaga', 'apagar'] },
    ]),
    device,
    area,
  },
  examples: [{ say: 'apaga la tele del salón', args: { state: 'off', device: 'tv', area: 'salón' } }],
  not: ['la tele está apagada'],
  run: () => ({}),
});
