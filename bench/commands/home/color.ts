import { defineCommand } from 'heed';
import { area, color, light, placeOf } from './_house.ts';

export default defineCommand({
  description: 'Set the color of lights.',
  phrases: [
    '(set|change|turn) [the] lights [in here|in [the] {area}] to {color}',
    '(set|change|turn) [the] ({name}|{area} lights) [color] to {color}',
    '(set|change) [the] color of [the] lights [in here|in [the] {area}] to {color}',
    '(set|change) [the] color of [the] ({name}|{area} lights) to {color}',
  ],
  slots: { name: light, area, color },
  examples: [
    { say: 'set lights to red', args: { color: 'red' } },
    { say: 'set the color of the bed light to yellow', args: { name: 'bed light', color: 'yellow' } },
  ],
  run: ({ args }) => ({ say: `${placeOf(args)}: ${args.color}.` }),
});
