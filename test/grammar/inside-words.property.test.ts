import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GrammarCompiler, list } from '../../src/grammar/index.ts';
import { walkExact } from '../../src/grammar/walk.ts';
import { command } from './commands.ts';

const values = ['tall', 'zebra moss'];

/** A random piece of a template, and every text that it stands for, spaces included, without the code under test. */
interface Piece {
  template: string;
  texts: string[];
}

const unique = (texts: string[]): string[] => [...new Set(texts)];

const piece = fc.letrec<{ node: Piece }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'piece' },
    fc.constantFrom('ab', 'c', 's', 'é', ' ', ' ', ' d ').map((letters) => ({ template: letters, texts: [letters] })),
    tie('node').map((part) => ({ template: `[${part.template}]`, texts: unique(['', ...part.texts]) })),
    fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((parts) => ({
      template: `(${parts.map((part) => part.template).join('|')})`,
      texts: unique(parts.flatMap((part) => part.texts)),
    })),
    fc.array(tie('node'), { minLength: 1, maxLength: 4 }).map((parts) => ({
      template: parts.map((part) => part.template).join(''),
      texts: parts
        .map((part) => part.texts)
        .reduce((before, after) => unique(before.flatMap((a) => after.map((b) => a + b))), ['']),
    })),
  ),
})).node;

const spaced = (text: string): string => text.trim().replace(/\s+/g, ' ');
const wordsOf = (text: string): string[] => spaced(text).split(' ');

describe('A template with brackets inside words', () => {
  it('accepts every text that it stands for, and nothing with other spaces', () => {
    let [checked, joined] = [0, 0];
    fc.assert(
      fc.property(piece, ({ template, texts }) => {
        const all = new Set(texts.map(spaced));
        fc.pre(!all.has('') && all.size <= 200 && !/\[\s*\]/.test(template));
        const { grammar, problems } = new GrammarCompiler().compile([command('c', [template])], { language: 'en' });
        // Refused, not compiled to something else.
        if (problems.length > 0) {
          expect(problems[0]!.message, template).toMatch(/more than 256 ways|nothing inside/);
          return;
        }
        for (const text of all) {
          checked++;
          expect(walkExact(grammar, wordsOf(text)).parses.length, `${template}: ${text}`).toBeGreaterThan(0);
          for (let at = 1; at < text.length; at++) {
            const other =
              text[at] === ' ' ? text.slice(0, at) + text.slice(at + 1) : `${text.slice(0, at)} ${text.slice(at)}`;
            if (all.has(spaced(other))) continue;
            joined++;
            expect(walkExact(grammar, wordsOf(other)).parses, `${template}: ${other}`).toEqual([]);
          }
        }
      }),
      { numRuns: 400, seed: 11 },
    );
    expect(checked).toBeGreaterThan(500);
    expect(joined).toBeGreaterThan(500);
  });

  it('joins letters to the values of a list', () => {
    fc.assert(
      fc.property(piece, piece, (before, after) => {
        const template = `x ${before.template}{slot}${after.template} y`;
        const texts = before.texts.flatMap((a) =>
          values.flatMap((value) => after.texts.map((b) => `x ${a}${value}${b} y`)),
        );
        fc.pre(texts.length <= 200 && !/\[\s*\]/.test(template));
        const { grammar, problems } = new GrammarCompiler().compile(
          [command('c', [template], { slots: { slot: list(values) } })],
          { language: 'en' },
        );
        if (problems.length > 0) {
          expect(problems[0]!.message, template).toMatch(/more than 256 ways|nothing inside/);
          return;
        }
        for (const text of texts)
          expect(walkExact(grammar, wordsOf(text)).parses.length, `${template}: ${text}`).toBeGreaterThan(0);
      }),
      { numRuns: 200, seed: 12 },
    );
  });
});
