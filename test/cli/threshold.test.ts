import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseThreshold, shortcomings, type Scored } from '../../src/cli/threshold.ts';

const scored = (commands: number[], others: number[]): Scored[] => [
  ...commands.map((score) => ({ score, isCommand: true })),
  ...others.map((score) => ({ score, isCommand: false })),
];

describe('The threshold', () => {
  test('lies between the commands and the others', () => {
    const choice = chooseThreshold(scored([0.9, 0.97, 0.99], [0, 0.2, 0.4]));
    expect(choice).toMatchObject({ commands: 3, taken: 3, others: 3, falseAccepts: 0 });
    expect(choice.threshold).toBeGreaterThan(0.4);
    expect(choice.threshold).toBeLessThan(0.9);
  });

  test('gives up commands rather than take another', () => {
    expect(chooseThreshold(scored([0.5, 0.95], [0.7]))).toMatchObject({ taken: 1, falseAccepts: 0 });
  });

  test('never takes another that scores below the highest threshold', () => {
    const scores = fc.array(fc.double({ min: 0, max: 0.98, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(scores, scores, (commands, others) => {
        const { falseAccepts, threshold } = chooseThreshold(scored(commands, others));
        expect(falseAccepts).toBe(0);
        expect(threshold).toBeGreaterThanOrEqual(0.3);
        expect(threshold).toBeLessThanOrEqual(0.99);
      }),
    );
  });
});

describe('Recordings', () => {
  const doubtsOf = (commands: number[], others: number[]): string[] => {
    const all = scored(commands, others);
    return shortcomings(all, chooseThreshold(all));
  };
  const many = (score: number): number[] => Array.from({ length: 30 }, () => score);

  test('suffice when there are many of both kinds and some of the others resemble commands', () => {
    expect(doubtsOf(many(0.95), [...many(0), 0.3])).toEqual([]);
  });

  test('do not suffice when they are few, when nothing resembles a command, or when both kinds overlap', () => {
    expect(doubtsOf([0.95], many(0.2)).join()).toContain('The number of recordings of commands is only 1;');
    expect(doubtsOf(many(0.95), [0.2]).join()).toContain('up to 100 % may be');
    expect(doubtsOf(many(0.95), many(0)).join()).toContain('None of the other recordings resembles a command');
    expect(doubtsOf([0.1, ...many(0.95)], many(0.2)).join()).toContain('1 of the commands score no higher');
  });
});
