import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GrammarCompiler, list, tokenize } from '../../src/grammar/index.ts';
import { command, house } from './commands.ts';
import { acceptsWords, randomPhrase } from './reference-walker.ts';

const alphabet = ['red', 'tall', 'zebra', 'moss'];
const slotValues = ['tall', 'zebra moss'];
const rule = ['red', 'red moss'];
const maxWords = 5;

/** A random template and every string that it stands for, computed without the code under test. */
interface Sample {
  template: string;
  strings: string[];
}

const join = (first: string[], second: string[]): string[] =>
  unique(first.flatMap((a) => second.map((b) => `${a} ${b}`.trim())));
const unique = (strings: string[]): string[] => [...new Set(strings)];

function permutations<T>(items: T[]): T[][] {
  return items.length < 2
    ? [items]
    : items.flatMap((item, i) => permutations(items.filter((_, j) => j !== i)).map((rest) => [item, ...rest]));
}

const sample = fc
  .letrec<{ node: Sample }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'template' },
      fc.constantFrom(...alphabet).map((word) => ({ template: word, strings: [word] })),
      fc.constant({ template: '{slot}', strings: slotValues }),
      fc.constant({ template: '<rule>', strings: rule }),
      tie('node').map((part) => ({ template: `[${part.template}]`, strings: unique(['', ...part.strings]) })),
      fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((parts) => ({
        template: `(${parts.map((part) => part.template).join('|')})`,
        strings: unique(parts.flatMap((part) => part.strings)),
      })),
      fc.array(tie('node'), { minLength: 1, maxLength: 2 }).map((parts) => ({
        template: parts.map((part) => part.template).join(' '),
        strings: parts.map((part) => part.strings).reduce(join, ['']),
      })),
      fc.array(tie('node'), { minLength: 2, maxLength: 3 }).map((parts) => ({
        template: `(${parts.map((part) => part.template).join(';')})`,
        strings: unique(permutations(parts.map((part) => part.strings)).flatMap((order) => order.reduce(join, ['']))),
      })),
    ),
  }))
  .node.filter(({ strings }) => !strings.includes('') && strings.length < 500);

const everyString = Array.from({ length: maxWords }, (_, length) => length + 1).flatMap((length) =>
  Array.from({ length: alphabet.length ** length }, (_, n) =>
    Array.from({ length }, (__, i) => alphabet[Math.floor(n / alphabet.length ** i) % alphabet.length]!),
  ),
);

const more = { slots: { slot: list(slotValues) }, rules: { rule: rule.join('|') } };

describe('The automaton', () => {
  it('accepts exactly what the templates stand for, matched and as the flat graph', () => {
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 3 }), (samples) => {
        const commands = samples.map(({ template }, i) => command(`c${i}`, [template], more));
        const { grammar } = new GrammarCompiler().compile(commands, { language: 'en' });
        for (const words of everyString) {
          const owners = samples.flatMap(({ strings }, i) => (strings.includes(words.join(' ')) ? [`c${i}`] : []));
          expect(unique(grammar.walk(words).parses.map((parse) => parse.command.name)).sort()).toEqual(owners);
          expect(acceptsWords(grammar.graph, words)).toBe(owners.length > 0);
        }
      }),
      { numRuns: 25, seed: 7 },
    );
  });

  it('knows of every beginning whether it can go on', () => {
    fc.assert(
      fc.property(sample, ({ template, strings }) => {
        const { grammar } = new GrammarCompiler().compile([command('c', [template], more)], { language: 'en' });
        for (const words of everyString.filter((all) => all.length < 4)) {
          const said = words.join(' ');
          const isWhole = strings.includes(said);
          const canGoOn = strings.some((string) => string.startsWith(`${said} `));
          expect(grammar.walk(words).completeness).toBe(
            isWhole ? (canGoOn ? 'extendable' : 'closed') : canGoOn ? 'incomplete' : 'none',
          );
        }
      }),
      { numRuns: 25, seed: 8 },
    );
  });

  it('lets the decoder write nothing that the matcher cannot read', () => {
    const { grammar } = new GrammarCompiler().compile(house, { language: 'en' });
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
        const words = randomPhrase(grammar.graph, (below) => (numbers.next().value as number) % below);
        if (!words) return;
        for (const text of [words.join(' '), `${words.join('-')}.`, words.join(', ').toUpperCase()]) {
          // A hyphen before digits is read as a minus.
          if (/-\d/.test(text)) continue;
          expect(grammar.walk(tokenize(text)).parses.length, text).toBeGreaterThan(0);
        }
      }),
      { numRuns: 600, seed: 9 },
    );
  });

  it('gives back the arguments that a phrase was made from', () => {
    const [brightness] = house;
    const { grammar } = new GrammarCompiler().compile(house, { language: 'en' });
    fc.assert(
      fc.property(
        fc.constantFrom('kitchen', 'living room', 'bedroom'),
        fc.integer({ min: 0, max: 100 }),
        fc.constantFrom('%', ' percent', ''),
        (room, level, sign) => {
          const [parse] = grammar.walk(tokenize(`Dim the ${room} lights to ${level}${sign}`)).parses;
          expect(parse).toMatchObject({ command: brightness, args: { room, level } });
        },
      ),
    );
  });
});
