import { list } from 'heed';

/** What can be bought here. */
export const item = list(
  [
    'milk',
    'butter',
    'bread',
    'apple',
    'banana',
    { value: 'tomato', say: ['tomato', 'tomatoes'] },
    { value: 'egg', say: ['egg', 'eggs'] },
    'onion',
    'flour',
    'sugar',
    'rice',
    'olive oil',
    'cheese',
    'orange juice',
    'toilet paper',
    'coffee',
    'lemon',
  ],
  { plurals: true },
);
export const unit = list(['bottle', 'bag', 'can', 'pack', 'box', 'kilo', 'liter', 'loaf'], { plurals: true });
/** What a timer can be for. */
export const dish = list(
  ['pasta', 'rice', 'egg', 'cake', 'pizza', 'roast', 'bread', { value: 'potato', say: ['potato', 'potatoes'] }],
  { plurals: true },
);
