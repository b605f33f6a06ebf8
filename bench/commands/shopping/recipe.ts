import { defineCommand, list, number } from 'heed';

export default defineCommand({
  description: 'Walks through the recipe, and scales it.',
  phrases: [
    '{step} step',
    '(scale|change|set) the recipe (to|for) {people} (people|persons|servings)',
    'make the recipe for {people} [people]',
    'halve the recipe',
  ],
  slots: {
    step: list([
      { value: 'next', say: ['next', 'the next'] },
      { value: 'back', say: ['previous', 'the last'] },
      { value: 'repeat', say: ['repeat', 'repeat the'] },
    ]),
    people: number({ min: 1, max: 12 }),
  },
  examples: [
    { say: 'next step', args: { step: 'next' } },
    { say: 'scale the recipe for six people', args: { people: 6 } },
  ],
  not: ['the next step is hard', 'a recipe for six people'],
  run: () => ({}),
});
