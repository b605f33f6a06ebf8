import { defineCommand } from 'heed';
import { city } from './_house.ts';

export default defineCommand({
  description: 'Ask for the weather.',
  phrases: ['(what is|how is) the weather [(in|for) {city}]', '(what is|how is) the {city} weather'],
  slots: { city },
  examples: [
    { say: "how's the weather", args: {} },
    { say: 'what is the weather in New York', args: { city: 'new york' } },
  ],
  run: ({ args }) => ({ say: `Sunny in ${args.city ?? 'town'}.` }),
});
