import { describe, expect, test } from 'vitest';
import { assign } from '../../src/speakers/assignment.ts';

const negative = (gains: readonly (readonly number[])[]): number[][] => gains.map((row) => row.map((gain) => -gain));

describe('rows get columns of their own at the least cost', () => {
  test.each([
    [
      [
        [1, 2],
        [1, 9],
      ],
      [1, 0],
    ],
    [[[5, 1, 3]], [1]],
    [
      [[1], [0], [2]],
      [undefined, 0, undefined],
    ],
    [[[]], [undefined]],
    [[], []],
  ] as [number[][], (number | undefined)[]][])('%j → %j', (costs, chosen) => {
    expect(assign(costs)).toEqual(chosen);
  });
});

describe('with gains as negative costs, an assignment', () => {
  test('has the greatest sum, which the greatest single gain may not be part of', () => {
    const gains = [
      [6, 5, 0],
      [5, 0, 0],
    ];
    expect(assign(negative(gains))).toEqual([1, 0]);
  });

  test('leaves rows without a column when there are more rows', () => {
    expect(assign(negative([[1], [3], [2]]))).toEqual([undefined, 0, undefined]);
    expect(assign([])).toEqual([]);
    expect(assign([[], []])).toEqual([undefined, undefined]);
  });
});
