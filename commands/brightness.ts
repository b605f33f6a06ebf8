import { defineCommand, percent } from 'heed';
import { changeRooms, inRoom, room } from './_house.ts';

const level = percent();

export default defineCommand({
  description: 'Sets how bright the lights are, and asks when the phrase does not say it.',
  phrases: {
    en: [
      '<set> [the] {room} <lights> [up|down] to {level}',
      '<set> [all] [the] <lights> [in the {room}] [up|down] to {level}',
      '<set> [all] [the] <lights> [up|down] to {level} in the {room}',
      '(set|change) the brightness [in the {room}|of the {room} [lights]] to {level}',
      '[the] {room} <lights> [at|to] {level}',
      '(dim|brighten) [the] {room} <lights>',
      '(dim|brighten) [all] [the] <lights> [in the {room}]',
    ],
    de: [
      '(stelle|stell|setze|setz|dimme|dimm|schalte|schalt|mache|mach) [das|die|alle] <licht> [<ort>] auf {level}',
      '[das] <licht> [<ort>] auf {level}',
      '(dimme|dimm) [das|die|alle] <licht> [<ort>]',
    ],
  },
  rules: {
    set: '(set|turn|bring|change|dim|brighten)',
    lights: '(light|lights|lamp|lamps)',
    licht: '(Licht|Lichter|Lampe|Lampen)',
    ort: '(in der|im) {room}',
  },
  slots: { room, level },
  followUps: [
    { phrases: { en: ['[a (bit|little)] brighter'], de: ['[etwas] heller'] }, add: { level: 20 } },
    { phrases: { en: ['[a (bit|little)] darker'], de: ['[etwas] dunkler'] }, add: { level: -20 } },
    { phrases: { en: ['and [in] the {room}'], de: ['und (in der|im) {room}'] } },
  ],
  missing: { level: { en: 'How bright?', de: 'Wie hell?' } },
  examples: [
    { say: 'set the kitchen lights to fifty percent', args: { room: 'kitchen', level: 50 } },
    { say: 'dim the lights in the bedroom to 20%', args: { room: 'bedroom', level: 20 } },
    { say: 'living room lights at half', args: { room: 'living room', level: 50 } },
    { say: 'dim the office lights', args: { room: 'office' } },
    { say: 'Stell das Licht in der Küche auf fünfzig Prozent', args: { room: 'kitchen', level: 50 }, language: 'de' },
    { say: 'Dimme das Licht im Schlafzimmer', args: { room: 'bedroom' }, language: 'de' },
  ],
  not: ['the kitchen lights are at fifty percent', 'set the kitchen on fire'],
  async run({ args, ask, state, session }) {
    const isGerman = session.language === 'de';
    const wanted =
      args.level ?? (await ask(isGerman ? 'Wie hell, in Prozent?' : 'How bright, in percent?', { slot: level }));
    const undo = changeRooms(state, args.room, ({ light }) => ({ light: { ...light, on: wanted > 0, level: wanted } }));
    if (isGerman) return { say: `Licht ${args.room ? inRoom[args.room] : 'überall'} auf ${wanted} Prozent.`, undo };
    return { say: `${args.room ? `The ${args.room} lights are` : 'All lights are'} at ${wanted} percent.`, undo };
  },
});
