import { defineCommand, list } from 'heed';
import { area, das, device, im, mal } from './_haus.ts';

export default defineCommand({
  description: 'Schaltet Geräte ein und aus.',
  phrases: {
    de: ['(mach|mache|schalt|schalte|schalten sie|stell) <mal> <what> {state}', '<what> {whole}', '{device} {state}'],
  },
  rules: { im, das, mal, what: '[<das>] {device} [<im>]' },
  slots: {
    state: list([
      { value: 'on', say: ['an', 'ein'] },
      { value: 'off', say: ['aus', 'ab'] },
    ]),
    whole: list([
      { value: 'on', say: ['anmachen', 'einschalten', 'anschalten'] },
      { value: 'off', say: ['ausmachen', 'ausschalten', 'abschalten'] },
    ]),
    device,
    area,
  },
  examples: [{ say: 'schalte den Fernseher aus', args: { device: 'fernseher', state: 'off' } }],
  not: ['der Fernseher ist aus'],
  run: () => ({}),
});
