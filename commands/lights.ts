import { defineCommand, list } from 'heed';
import { changeRooms, inRoom, newHouse, room } from './_house.ts';

const on = list([
  { value: true, say: { en: ['on'], de: ['an', 'ein'] } },
  { value: false, say: { en: ['off', 'out'], de: ['aus'] } },
]);

export default defineCommand({
  description: 'Turns the lights of a room, or all of them, on or off.',
  phrases: {
    en: [
      '<turn> {on} [all] [of] [the] <lights> [<place>]',
      '<turn> {on} [the] {room} <lights>',
      '[<turn>] [all] [of] [the] <lights> {on} [<place>]',
      '[<turn>] [all] [of] [the] <lights> <place> {on}',
      '[<turn>] [the] {room} <lights> {on}',
    ],
    de: [
      '(schalte|schalt|mache|mach) [überall] [das|die|alle] <licht> [<ort>] {on}',
      '(schalte|schalt|mache|mach) <ort> [das|die|alle] <licht> {on}',
      '[das|alle] <licht> [<ort>] {on}',
    ],
  },
  rules: {
    turn: '(turn|switch|put)',
    lights: '(light|lights|lamp|lamps)',
    place: '(in the {room}|everywhere)',
    licht: '(Licht|Lichter|Lampe|Lampen)',
    ort: '(in der|im) {room}',
  },
  slots: { room, on },
  followUps: [
    {
      phrases: {
        en: ['and [in] the {room}', '[and] the {room} too'],
        de: ['und (in der|im) {room}', '(in der|im) {room} auch'],
      },
    },
  ],
  missing: { on: { en: 'On or off?', de: 'An oder aus?' } },
  examples: [
    { say: 'turn on the kitchen lights', args: { room: 'kitchen', on: true } },
    { say: 'switch off the lights in the living room', args: { room: 'living room', on: false } },
    { say: 'all lights off', args: { on: false } },
    { say: 'Mach das Licht in der Küche an', args: { room: 'kitchen', on: true }, language: 'de' },
    { say: 'Schalte überall das Licht aus', args: { on: false }, language: 'de' },
  ],
  not: ['the lights are on', 'turn on the light music', 'das Licht ist an'],
  // The house as it is until somebody changes it.
  state: { house: newHouse },
  run({ args, state, session }) {
    const undo = changeRooms(state, args.room, ({ light }) => ({ light: { ...light, on: args.on } }));
    if (session.language === 'de') {
      return { say: `Licht ${args.room ? inRoom[args.room] : 'überall'} ${args.on ? 'an' : 'aus'}.`, undo };
    }
    return { say: `${args.room ? `The ${args.room} lights are` : 'All lights are'} ${args.on ? 'on' : 'off'}.`, undo };
  },
});
