import { defineCommand, text } from 'heed';

export default defineCommand({
  description: 'Keeps a note beside the recipe.',
  phrases: ['(take|make|write) a note [that] {note}', 'note [down] that {note}'],
  slots: { note: text({ maxWords: 14 }) },
  examples: [
    { say: 'take a note the dough needs more salt', args: { note: 'the dough needs more salt' } },
    { say: 'note that Peter hates onions', args: { note: 'Peter hates onions' } },
  ],
  not: ['she left a note'],
  run: () => ({}),
});
