import { defineCommand } from 'heed';
import { script } from './_house.ts';

export default defineCommand({
  description: 'Run a script.',
  phrases: [
    '(run|start|activate) [the] {script} [(script|scene)]',
    '(run|start|activate) [the] (script|scene) {script}',
  ],
  slots: { script },
  examples: [{ say: 'activate the movie night scene', args: { script: 'movie night' } }],
  run: ({ args }) => ({ say: `${args.script}.` }),
});
