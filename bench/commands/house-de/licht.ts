import { defineCommand, list } from 'heed';
import { area, das, im, light, mal } from './_haus.ts';

export default defineCommand({
  description: 'Schaltet das Licht ein und aus.',
  phrases: {
    de: [
      '<verb> <mal> <what> {state}',
      '<verb> <mal> <im> (das licht|die lampen) {state}',
      '<what> {whole}',
      '(licht|lichter) {state} [<im>]',
      '<what> {state}',
    ],
  },
  rules: {
    im,
    das,
    mal,
    verb: '(mach|mache|machen sie|schalt|schalte|schalten sie|knips)',
    what: '([alle] (das licht|die lichter|lichter|die lampen|lampen|die beleuchtung) [<im>]|[<das>] {light})',
  },
  slots: {
    state: list([
      { value: 'on', say: ['an', 'ein'] },
      { value: 'off', say: ['aus'] },
    ]),
    whole: list([
      { value: 'on', say: ['anmachen', 'einschalten', 'anschalten'] },
      { value: 'off', say: ['ausmachen', 'ausschalten'] },
    ]),
    area,
    light,
  },
  examples: [
    { say: 'mach das Licht im Wohnzimmer an', args: { area: 'wohnzimmer', state: 'on' } },
    { say: 'schalte die Stehlampe aus', args: { light: 'stehlampe', state: 'off' } },
  ],
  not: ['das Licht ist an'],
  run: () => ({}),
});
