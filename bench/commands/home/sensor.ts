import { defineCommand } from 'heed';
import { sensor } from './_house.ts';

export default defineCommand({
  description: 'Ask for the value of a sensor.',
  phrases: ['what is the (value|state) of [the] {sensor}', 'what is the {sensor}'],
  slots: { sensor },
  examples: [{ say: 'what is the value of the outdoor humidity', args: { sensor: 'outdoor humidity' } }],
  run: ({ args }) => ({ say: `${args.sensor}: 40.` }),
});
