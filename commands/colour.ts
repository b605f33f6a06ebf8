import { defineCommand, list } from 'heed';
import { changeRooms, colours, room } from './_house.ts';

export default defineCommand({
  description: 'Gives the lights a colour, and turns them on.',
  phrases: {
    en: [
      '(set|turn|make|change|switch) [the] {room} <lights> [colour|color] [to] {colour}',
      '(set|turn|make|change|switch) [all] [the] <lights> [in the {room}] [to] {colour}',
      '(set|change) the (colour|color) (in the {room}|of the {room} [lights]) to {colour}',
      '[the] {room} <lights> {colour}',
    ],
  },
  rules: { lights: '(light|lights|lamp|lamps)' },
  slots: { room, colour: list(colours) },
  missing: { colour: 'Which colour?' },
  examples: [
    { say: 'make the bedroom lights blue', args: { room: 'bedroom', colour: 'blue' } },
    { say: 'turn the lights in the office to warm white', args: { room: 'office', colour: 'warm white' } },
    { say: 'change the lights to red', args: { colour: 'red' } },
  ],
  not: ['the bedroom is blue', 'the light is red'],
  run({ args: { room, colour }, state }) {
    const undo = changeRooms(state, room, ({ light }) => ({ light: { ...light, on: true, colour } }));
    return { say: `${room ? `The ${room} lights are` : 'All lights are'} ${colour} now.`, undo };
  },
});
