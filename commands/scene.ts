import { defineCommand, list } from 'heed';
import { houseOf, rooms, type House, type Room } from './_house.ts';

/** What a scene changes in each room. */
const scenes = {
  morning: { light: { on: true, level: 100, colour: 'white' }, blinds: 100 },
  work: { light: { on: true, level: 90, colour: 'white' }, blinds: 60 },
  dinner: { light: { on: true, level: 50, colour: 'warm white' }, blinds: 30 },
  movie: { light: { on: true, level: 10, colour: 'purple' }, blinds: 0 },
  night: { light: { on: false, level: 0, colour: 'warm white' }, blinds: 0 },
} satisfies Record<string, Room>;

export default defineCommand({
  description: 'Sets lights and blinds of the whole house for an occasion.',
  phrases: {
    en: [
      '(start|set|activate|turn on) [the] {scene} (scene|mode|lights)',
      '[it is] {scene} (time|mode|scene)',
      '(get ready|prepare [the house]) for {scene}',
      '{greeting}',
    ],
  },
  slots: {
    scene: list([
      { value: 'morning', say: ['morning', 'wake up'] },
      { value: 'work', say: ['work', 'focus'] },
      { value: 'dinner', say: ['dinner', 'party'] },
      { value: 'movie', say: ['movie', 'film', 'cinema'] },
      { value: 'night', say: ['night', 'bed', 'sleep'] },
    ]),
    greeting: list([
      { value: 'morning', say: ['good morning'] },
      { value: 'night', say: ['good night', 'goodnight'] },
    ]),
  },
  examples: [
    { say: 'start the movie scene', args: { scene: 'movie' } },
    { say: "it's dinner time", args: { scene: 'dinner' } },
    { say: 'good night', args: { greeting: 'night' } },
  ],
  not: ['good morning everybody', 'what a movie', 'it was a good night'],
  // It changes every room at once, so heed asks first when it is not sure that it understood the phrase.
  risk: 'medium',
  confirm: ({ scene, greeting }) => `Set the whole house for ${scene ?? greeting}?`,
  run({ args, state }) {
    const scene = args.scene ?? args.greeting ?? 'morning';
    const before = houseOf(state);
    const room: Room = scenes[scene];
    state.set('house', {
      ...before,
      scene,
      rooms: Object.fromEntries(rooms.map((name) => [name, room])) as House['rooms'],
    });
    return {
      say: `The house is set for ${scene}.`,
      undo: () => state.set('house', { ...houseOf(state), scene: before.scene, rooms: before.rooms }),
    };
  },
});
