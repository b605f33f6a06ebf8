import { duration, list, number, percent, text, type GrammarCommand, type Slot } from '../../src/grammar/index.ts';
import { languageOf } from '../../src/language/index.ts';

/** What somebody says, and the arguments that it gives. */
export interface Said {
  text: string;
  args: Record<string, unknown>;
}

/** A command, and a way to say it at random. */
export interface SpokenCommand {
  command: GrammarCommand;
  say: (random: () => number) => Said;
}

/** One place of a phrase: how it is written in a template, and what may be said there. */
interface Part {
  template: string;
  say: (random: () => number) => Said;
}

const verbs = (
  'set start show open play move check adjust reset read print send find mark sort copy share watch clean launch ' +
  'stop close turn add remove cancel pause mute lock unlock raise lower call book order create delete rename record ' +
  'repeat'
).split(' ');
const things = (
  'kettle radio window garden printer camera heater folder invoice ticket garage mirror engine bottle carpet ladder ' +
  'planet basket pencil saddle tunnel violin anchor barrel candle desert feather guitar hammer island jacket kitten ' +
  'lantern magnet needle orchid parrot quilt rocket spider turtle umbrella valley walnut yogurt zipper pillow ' +
  'shadow curtain blanket freezer toaster scanner ceiling cabinet wardrobe terrace staircase elevator parcel ' +
  'meeting project report calendar playlist reminder message contact channel robot drone valve pump fountain ' +
  'sprinkler'
).split(' ');
const kinds = 'red green small large front back upper old new spare main guest winter summer paper iron'.split(' ');
const syllables = 'ba be do ka lo mi na pe ra so ta vu wi zo lin mar ton sel'.split(' ');
/** Words of which free text has one at least; of others alone, such as "stop", it is not taken. */
const freeThings = 'buy milk shop closes tell town sleeps'.split(' ');
const freeWords = 'buy some milk before that shop closes and tell her we stop at nine when old town sleeps'.split(' ');
const listSizes = [3, 10, 30, 100, 300, 1000];

/** Every word that a registry may have, apart from the values of its lists. */
export const registryWords = [...verbs, ...things, ...kinds, ...freeWords, 'to', 'in', 'for', 'the', 'my', 'fifty'];

export function pickFrom<T>(random: () => number, all: readonly T[]): T {
  return all[Math.floor(random() * all.length)]!;
}

/**
 * Makes commands with lists of up to 1,000 values, numbers, free text and words that may be left out. Each has a thing
 * of its own, so that no two accept the same words.
 */
export function randomRegistry(count: number, random: () => number): SpokenCommand[] {
  const lists = listSizes.flatMap((size) => [valuesOf(size, random), valuesOf(size, random)]);
  return Array.from({ length: count }, (_, i) => commandOf(i, lists, random));
}

function valuesOf(size: number, random: () => number): string[] {
  const values = new Set<string>();
  while (values.size < size) {
    const length = 2 + Math.floor(random() * 2);
    const name = Array.from({ length }, () => pickFrom(random, syllables)).join('');
    const [kind, thing] = [pickFrom(random, kinds), pickFrom(random, things)];
    values.add(pickFrom(random, [name, `${kind} ${thing}`, `${name} ${thing}`, `${kind} ${name}`]));
  }
  return [...values];
}

function commandOf(i: number, lists: readonly string[][], random: () => number): SpokenCommand {
  const rounds = Math.floor(i / things.length);
  const thing = [kinds[(rounds - 1) % kinds.length], things[i % things.length]!].filter((word) => word).join(' ');
  const slots: Record<string, Slot> = {};
  const verb = Array.from({ length: random() < 0.4 ? 2 : 1 }, () => pickFrom(random, verbs));
  const article = pickFrom(random, ['the', 'my', 'the|my']).split('|');
  const parts = [
    words(verb),
    optional([words(article)]),
    words([thing]),
    ...tailOf(i, { random, slot: (name, kind) => slotPart(name, kind, { lists, slots, random }) }),
  ];
  const { template, say } = sequence(parts);
  return { command: { name: `c${i}`, phrases: [template], slots }, say };
}

/** What a phrase has behind its verb and its thing. */
function tailOf(i: number, { slot }: { random: () => number; slot: (name: string, kind: Kind) => Part }): Part[] {
  switch (i % 10) {
    case 0:
      return [optional([words(['to'])]), slot('n', 'number')];
    case 1:
      return [words(['in', 'for']), optional([words(['the'])]), slot('place', 'list')];
    case 2:
      return [words(['to']), slot('level', 'percent'), optional([words(['in']), slot('place', 'list')])];
    case 3:
      return [words(['called', 'saying']), slot('what', 'text')];
    case 4:
      return [words(['for']), slot('time', 'duration')];
    case 5:
      return [slot('name', 'list'), optional([words(['with']), slot('other', 'list')])];
    case 6:
      return [optional([words(['quickly'])])];
    case 7:
      return [
        anyOrder([
          [words(['at']), slot('n', 'number')],
          [words(['in']), slot('place', 'list')],
        ]),
      ];
    case 8:
      return [
        anyOrder([
          [optional([words(['at']), slot('level', 'percent')])],
          [optional([words(['in', 'near']), slot('place', 'list')])],
          [optional([words(['for']), slot('time', 'duration')])],
        ]),
        words(['quickly']),
      ];
    default:
      return [slot('what', 'text'), words(['onto']), optional([words(['the'])]), slot('name', 'list')];
  }
}

type Kind = 'number' | 'percent' | 'duration' | 'text' | 'list';

function slotPart(
  name: string,
  kind: Kind,
  { lists, slots, random }: { lists: readonly string[][]; slots: Record<string, Slot>; random: () => number },
): Part {
  const values = pickFrom(random, lists);
  const make: Record<Kind, () => Slot> = {
    number: () => number({ max: 500 }),
    percent: () => percent(),
    duration: () => duration(),
    text: () => text(),
    list: () => list(values),
  };
  slots[name] = make[kind]();
  return {
    template: `{${name}}`,
    say: (from) => {
      const { text: said, value } = valueOf(kind, values, from);
      return { text: said, args: { [name]: value } };
    },
  };
}

function valueOf(kind: Kind, values: readonly string[], random: () => number): { text: string; value: unknown } {
  const count = Math.floor(random() * 101);
  const inWords = (value: number): string =>
    random() < 0.5 ? String(value) : pickFrom(random, languageOf('en').spell(value));
  switch (kind) {
    case 'number':
      return { text: inWords(count), value: count };
    case 'percent':
      return { text: random() < 0.5 ? `${count}%` : `${inWords(count)} percent`, value: count };
    case 'duration':
      return { text: `${inWords(count + 2)} minutes`, value: (count + 2) * 60 };
    case 'text': {
      const all = Array.from({ length: 1 + Math.floor(random() * 6) }, () => pickFrom(random, freeWords));
      const said = [...all, ...(all.some((word) => freeThings.includes(word)) ? [] : ['milk'])].join(' ');
      return { text: said, value: said };
    }
    case 'list': {
      const value = pickFrom(random, values);
      return { text: value, value };
    }
  }
}

function words(all: readonly string[]): Part {
  return {
    template: all.length === 1 ? all[0]! : `(${all.join('|')})`,
    say: (random) => ({ text: pickFrom(random, all), args: {} }),
  };
}

function optional(parts: readonly Part[]): Part {
  const { template, say } = sequence(parts);
  return { template: `[${template}]`, say: (random) => (random() < 0.5 ? { text: '', args: {} } : say(random)) };
}

function sequence(parts: readonly Part[]): Part {
  return { template: parts.map(({ template }) => template).join(' '), say: (random) => inOrder(parts, random) };
}

function anyOrder(all: readonly (readonly Part[])[]): Part {
  const parts = all.map(sequence);
  return {
    template: `(${parts.map(({ template }) => template).join(';')})`,
    say: (random) => {
      const order = parts.map((part) => ({ part, place: random() })).sort((a, b) => a.place - b.place);
      return inOrder(
        order.map(({ part }) => part),
        random,
      );
    },
  };
}

function inOrder(parts: readonly Part[], random: () => number): Said {
  const said = parts.map(({ say }) => say(random));
  return {
    text: said
      .map(({ text }) => text)
      .filter((text) => text !== '')
      .join(' '),
    args: Object.assign({}, ...said.map(({ args }) => args)) as Said['args'],
  };
}
