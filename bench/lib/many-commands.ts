import { duration, list, number, percent, text, type GrammarCommand, type Slot } from '../../src/grammar/index.ts';

const verbs =
  'set start show open play move check adjust reset read print send find mark sort copy share watch clean launch'.split(
    ' ',
  );
export const things = (
  'kettle radio window garden printer camera heater folder invoice ticket garage mirror engine bottle ' +
  'carpet ladder planet basket pencil saddle tunnel violin anchor barrel candle desert feather guitar ' +
  'hammer island jacket kitten lantern magnet needle orchid parrot quilt rocket spider turtle umbrella ' +
  'valley walnut yogurt zipper pillow shadow'
).split(' ');
const places = [
  'kitchen',
  'living room',
  'bedroom',
  'office',
  'hallway',
  'cellar',
  'attic',
  'balcony',
  'bathroom',
  'nursery',
];
const slotKinds: (() => Slot)[] = [
  () => list(places),
  () => number({ max: 500 }),
  () => percent(),
  () => duration(),
  () => text(),
];
const spoken = ['living room', 'forty-two', '50%', 'an hour and a half', 'buy milk'];

/** Command i of many: a verb and a thing that no other has together, and one slot. */
export function commandOf(i: number): GrammarCommand {
  const [verb, thing] = [verbs[i % verbs.length]!, things[Math.floor(i / verbs.length) % things.length]!];
  return {
    name: `${verb}-${thing}`,
    phrases: [`${verb} [the] ${thing} [(to|in|for)] {value}`, `[please] ${verb} (my|the) ${thing} quickly`],
    slots: { value: slotKinds[i % slotKinds.length]!() },
  };
}

/** One way to say command i. */
export function phraseOf(i: number): string {
  const [verb, thing] = [verbs[i % verbs.length]!, things[Math.floor(i / verbs.length) % things.length]!];
  return `${verb} the ${thing} to ${spoken[i % spoken.length]!}`;
}
