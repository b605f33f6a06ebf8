import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as slots from '../../src/grammar/slots/index.ts';
import { defineCommand, Registry, type CommandContext, type Importer } from '../../src/registry/index.ts';
import { CommandFiles } from './command-files.ts';

const circular: Record<string, unknown> = {};
circular['self'] = circular;
const broken = new Proxy(
  {},
  {
    get() {
      throw new Error('It cannot be read.');
    },
  },
);
const deep = (depth: number): unknown => (depth === 0 ? 1 : { inner: deep(depth - 1) });

/** What may stand where it has no place. */
const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...[undefined, null, NaN, Infinity, -1, 0, 1e300, true, 10n, Symbol.iterator, circular, broken, deep(200)],
    ...[
      '',
      ' ',
      '\0',
      '{',
      '{}',
      '{a',
      '<a>',
      '<odd>',
      '(((',
      '[|]',
      'a|',
      '{__proto__}',
      'constructor',
      '%',
      '"',
      "'",
    ],
    ...['x'.repeat(5_000), 'a '.repeat(500), '[a] '.repeat(60), '(a|b) '.repeat(40), '🙂', '\u202e', '{room}{room}'],
    ...[() => 1, async () => Promise.reject(new Error('no')), class {}, new Date(NaN), /x/g, new Map([[1, 2]])],
    ...[Object.create(null), [], [[]], Array.from({ length: 2_000 }, (_, i) => `odd ${i}`)],
  ),
  fc.jsonValue(),
);

const { list, number, several } = slots;
const numbers = fc.constantFrom(0, -0, 1, -1, NaN, Infinity, -Infinity, 1e-12, 0.1, 1e15, 3, 99);

/** Slots with options that make no sense. */
const oddSlots: fc.Arbitrary<unknown> = fc.oneof(
  fc.tuple(numbers, numbers, numbers).map(([min, max, step]) => number({ min, max, step })),
  fc.tuple(numbers, numbers).map(([min, max]) => slots.percent({ min, max })),
  fc.tuple(numbers, numbers).map(([min, max]) => slots.digits({ min, max })),
  fc.tuple(numbers, numbers).map(([min, max]) => slots.range(number({ min, max }))),
  fc.tuple(numbers, numbers).map(([min, max]) => slots.quantity({ min, max, units: ['kg', 'own' as 'kg'] })),
  numbers.map((from) => slots.time({ from })),
  fc.array(odd, { maxLength: 4 }).map((values) => makeList(values)),
  fc.array(fc.record({ value: odd, say: fc.array(fc.string()) }), { maxLength: 3 }).map((values) => makeList(values)),
  fc.constantFrom(several(list([])), several(several(list(['a', 'b']))), slots.range(number({ max: 1e6 }))),
  odd,
);

/** What an author's file would throw in its place is no slot either. */
function makeList(values: readonly unknown[]): unknown {
  try {
    return list(values as string[]);
  } catch {
    return undefined;
  }
}

const whole = {
  phrases: ['odd {room} [at {level}]', { say: 'odd all', args: { room: 'den' } }],
  slots: { room: list(['den', 'hall']), level: number() },
  rules: { more: '(and|or)' },
  examples: [{ say: 'odd den', args: { room: 'den' } }],
  not: ['odd one out'],
  priority: 1,
  contexts: ['night'],
  risk: 'low',
  description: 'Odd.',
  timeoutMs: 1_000,
  confirm: 'Really?',
  missing: { room: 'Which room?' },
  state: { odd: 1 },
  followUps: [{ phrases: ['the {room} too'], set: { room: 'den' } }],
  speakers: ['anna'],
  delayable: false,
  run: () => undefined,
};

/** The definition with another value somewhere. */
const definitions: fc.Arbitrary<unknown> = fc.oneof(
  odd,
  fc.tuple(fc.constantFrom(...Object.keys(whole), 'more'), odd).map(([key, value]) => ({ ...whole, [key]: value })),
  fc
    .tuple(fc.constantFrom('phrases', 'slots', 'rules', 'examples', 'not', 'contexts', 'state', 'followUps'), odd)
    .map(([key, value]) => ({ ...whole, [key]: Array.isArray(whole[key as 'phrases']) ? [value] : { room: value } })),
  fc
    .tuple(fc.constantFrom('room', 'level', '__proto__', 'constructor'), oddSlots)
    .map(([name, slot]) => ({ ...whole, slots: { ...whole.slots, [name]: slot } })),
);

test('whatever a file defines, it becomes a command or is told, and the others work', async () => {
  const files = new CommandFiles({ 'good.ts': '1', 'odd.ts': '1' });
  const good = defineCommand({ phrases: ['good {n}'], slots: { n: number() }, run: () => ({ say: 'good' }) });
  await fc.assert(
    fc.asyncProperty(definitions, async (definition) => {
      const importer: Importer = {
        authorModule: () => ({ contents: '' }),
        importAll: async (urls) =>
          new Map(urls.map((url) => [url, { value: url.includes('/good-') ? good : definition }])),
        keep: () => undefined,
      };
      const registry = new Registry({ language: 'en', importer });
      await registry.load(files.dir);
      const isThere = registry.commands.some(({ name }) => name === 'odd');
      if (!isThere) expect(registry.problems.filter(({ severity }) => severity === 'error')).not.toEqual([]);
      for (const { message } of registry.problems) expect(message.length).toBeLessThan(2_000);
      expect(registry.get('good')!.run({} as CommandContext)).toEqual({ say: 'good' });
      JSON.stringify(registry.describe('en'));
    }),
    { numRuns: 400, seed: 17 },
  );
});
