import { defineCommand, list } from 'heed';

/** "milk", and how much of it: "a little bit of milk", "lots of milk". */
function amountsOf(ingredient: string): string[] {
  return ['', 'a little bit of ', 'a bit of ', 'some ', 'a lot of ', 'lots of '].map((amount) => amount + ingredient);
}

/** The barista's order: the intent and slots of the speech-to-intent benchmark's coffee maker. */
export default defineCommand({
  description: 'Order a drink.',
  phrases: [
    `(brew|can I get|can I have|I want|get me|give me|I'd like|make me|may I have) (a|an)
      ([{size}];[{roast}];[{numberOfShots}]) {coffeeDrink}
      [with ({milkAmount} [and {sugarAmount}]|{sugarAmount} [and {milkAmount}])]`,
  ],
  slots: {
    size: list(['small', 'medium', 'large', 'eight ounce', 'twelve ounce', 'sixteen ounce', 'twenty ounce']),
    roast: list(['light roast', 'medium roast', 'dark roast']),
    numberOfShots: list(['single shot', 'double shot', 'triple shot']),
    coffeeDrink: list([
      'americano',
      'cappuccino',
      'espresso',
      'latte',
      'mocha',
      'iced mocha',
      'coffee',
      'drip coffee',
      'house coffee',
      'iced coffee',
    ]),
    milkAmount: list(['milk', 'skim milk', 'whole milk', 'soy milk', 'almond milk', 'cream'].flatMap(amountsOf)),
    sugarAmount: list(['sugar', 'brown sugar', 'sweetener'].flatMap(amountsOf)),
  },
  examples: [
    { say: 'can I get a coffee', args: { coffeeDrink: 'coffee' } },
    {
      say: "I'd like a large medium roast double shot latte with milk",
      args: {
        size: 'large',
        roast: 'medium roast',
        numberOfShots: 'double shot',
        coffeeDrink: 'latte',
        milkAmount: 'milk',
      },
    },
    {
      say: 'make me a dark roast 12 ounce iced mocha with lots of brown sugar and a bit of cream',
      args: {
        roast: 'dark roast',
        size: 'twelve ounce',
        coffeeDrink: 'iced mocha',
        sugarAmount: 'lots of brown sugar',
        milkAmount: 'a bit of cream',
      },
    },
  ],
  run: ({ args }) => ({
    say: `One ${[args.size, args.roast, args.numberOfShots, args.coffeeDrink].filter(Boolean).join(' ')}.`,
  }),
});
