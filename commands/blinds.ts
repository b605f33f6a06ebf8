import { defineCommand, list, percent } from 'heed';
import { changeRooms, room } from './_house.ts';

export default defineCommand({
  description: 'Opens and closes the blinds, fully or to a percentage.',
  phrases: {
    en: [
      '{move} [all] [the] <blinds> [in the {room}] [to {open}]',
      '{move} [the] {room} <blinds> [to {open}]',
      '(set|put|move) [all] [the] <blinds> [in the {room}] to {open}',
      '(set|put|move) [the] {room} <blinds> to {open}',
      '[the] {room} <blinds> [to] {open}',
    ],
  },
  // "At seven", "in ten minutes".
  delayable: true,
  rules: { blinds: '(blind|blinds|shades|shutters)' },
  slots: {
    room,
    move: list([
      { value: 'open', say: ['open', 'raise', 'pull up', 'roll up'] },
      { value: 'close', say: ['close', 'shut', 'lower', 'pull down', 'roll down'] },
    ]),
    open: percent(),
  },
  examples: [
    { say: 'close the blinds in the office', args: { move: 'close', room: 'office' } },
    { say: 'open the bedroom blinds', args: { move: 'open', room: 'bedroom' } },
    { say: 'close the blinds in ten minutes', args: { move: 'close' } },
    { say: 'open the kitchen blinds at seven', args: { move: 'open', room: 'kitchen' } },
    { say: 'set the blinds in the kitchen to thirty percent', args: { room: 'kitchen', open: 30 } },
  ],
  not: ['close the door in the office', 'the blinds are open'],
  run({ args: { room, move, open }, state }) {
    const blinds = open ?? (move === 'close' ? 0 : 100);
    const undo = changeRooms(state, room, () => ({ blinds }));
    const how = blinds === 0 ? 'closed' : blinds === 100 ? 'open' : `${blinds} percent open`;
    return { say: `${room ? `The ${room} blinds are` : 'All blinds are'} ${how}.`, undo };
  },
});
