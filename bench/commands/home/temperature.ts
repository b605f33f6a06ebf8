import { defineCommand } from 'heed';
import { area, placeOf, thermostat } from './_house.ts';

export default defineCommand({
  description: 'Ask how warm it is.',
  phrases: [
    'what is the (temperature|temp) [(of|on|in) [the] ({name}|{area})]',
    'what is the ({name}|{area}) (temperature|temp)',
    'how (warm|cold|hot) is (it|[the] ({name}|{area}))',
    'how (warm|cold|hot) is it in [the] {area}',
  ],
  slots: { name: thermostat, area },
  examples: [
    { say: "what's the temperature", args: {} },
    { say: "what's the temp in the living room", args: { area: 'living room' } },
  ],
  run: ({ args }) => ({ say: `21 degrees, ${placeOf(args)}.` }),
});
