import { defineCommand } from 'heed';
import { object, place } from './_floor.ts';

export default defineCommand({
  description: 'Brings things from one place to another.',
  phrases: [
    '(bring|carry|deliver) [me] [the|a] {object} [to [the] {place}]',
    '(bring|fetch|get) me [the|a] {object} [from [the] {source}]',
  ],
  slots: { object, place, source: place },
  examples: [
    { say: 'bring the pallet to the loading dock', args: { object: 'pallet', place: 'loading dock' } },
    { say: 'fetch me a screwdriver from the workbench', args: { object: 'screwdriver', source: 'workbench' } },
  ],
  not: ['bring me a coffee', 'bring your friends'],
  run: () => ({}),
});
