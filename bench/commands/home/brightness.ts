import { defineCommand, percent } from 'heed';
import { area, light, placeOf } from './_house.ts';

export default defineCommand({
  description: 'Set how bright a light or an area is.',
  phrases: [
    '(set|change) [the] brightness to {level}',
    '(set|change) [the] ({name}|{area}) brightness to {level}',
    '(set|change) [the] brightness (of|in) [the] ({name}|{area}) to {level}',
    '(dim|set) [the] ({name}|{area} lights) to {level}',
  ],
  slots: { name: light, area, level: percent() },
  examples: [
    { say: 'set brightness to 50 percent', args: { level: 50 } },
    { say: 'set the kitchen brightness to forty', args: { area: 'kitchen', level: 40 } },
    { say: 'dim the bed light to 10%', args: { name: 'bed light', level: 10 } },
  ],
  run: ({ args }) => ({ say: `${placeOf(args)}: ${args.level} percent.` }),
});
