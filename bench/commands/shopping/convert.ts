import { defineCommand, list, number } from 'heed';

const cup = { value: 'cup', say: ['cup', 'cups'] };
const ounce = { value: 'ounce', say: ['ounce', 'ounces'] };
const gram = { value: 'gram', say: ['gram', 'grams'] };
const milliliter = { value: 'milliliter', say: ['milliliter', 'milliliters', 'millilitres'] };
const tablespoon = { value: 'tablespoon', say: ['tablespoon', 'tablespoons'] };
const teaspoon = { value: 'teaspoon', say: ['teaspoon', 'teaspoons'] };
const unit = list([cup, ounce, gram, milliliter, tablespoon, teaspoon]);

export default defineCommand({
  description: 'Converts kitchen measures.',
  phrases: [
    'convert {amount} {from} [in|into|to] {to}',
    'how many {to} (are|is) [in] {amount} {from}',
    'what is {amount} {from} in {to}',
  ],
  slots: { amount: number({ min: 0, max: 1000, step: 0.5 }), from: unit, to: unit },
  examples: [
    { say: 'convert two cups to milliliters', args: { amount: 2, from: 'cup', to: 'milliliter' } },
    { say: 'how many grams are eight ounces', args: { to: 'gram', amount: 8, from: 'ounce' } },
  ],
  not: ['how many cups do we have', 'two cups of milk'],
  run: () => ({}),
});
