import { describe, expect, test } from 'vitest';
import { maxRows, rowsOf, wordsOf } from '../../web/topics.ts';

/** Writes the rows of a card one line each, as they look. */
function lines(value: unknown): string[] {
  return rowsOf(value).map(({ depth, label, kind, text, items }) =>
    [' '.repeat(depth) + label, kind, text, ...items].filter((part) => part !== '').join('|'),
  );
}

describe('the card of a topic', () => {
  test.each<[string, unknown, string[]]>([
    ['true', true, ['yes|yes']],
    ['false', false, ['no|no']],
    ['a number', 21.5, ['number|21.5']],
    ['a sum that binary fractions cannot hold', 0.1 + 0.2, ['number|0.3']],
    ['a year', 2030, ['number|2030']],
    ['words', 'Warm white', ['text|Warm white']],
    ['nothing', null, ['nothing|none']],
    ['an empty text', '', ['nothing|empty']],
    ['an empty list', [], ['nothing|empty']],
    ['an empty object', {}, ['nothing|nothing']],
    ['a time', '2030-01-01T10:00:00.000Z', ['time|2030-01-01T10:00:00.000Z']],
    ['a list', ['milk', 2, true], ['list|milk|2|yes']],
    ['an object', { isOpen: true, floor_count: 3 }, ['is open|yes|yes', 'floor count|number|3']],
    [
      'nested objects',
      { lamp: { on: false, colour: 'red' }, left: 2 },
      ['lamp|group', ' on|no|no', ' colour|text|red', 'left|number|2'],
    ],
    [
      'a list of objects',
      [{ drink: 'latte' }, { drink: 'tea' }],
      ['1|group', ' drink|text|latte', '2|group', ' drink|text|tea'],
    ],
  ])('shows %s', (_, value, expected) => {
    expect(lines(value)).toEqual(expected);
  });

  test('cuts long texts and long lists', () => {
    const [text] = rowsOf('word '.repeat(1_000));
    expect(text!.text.length).toBeLessThanOrEqual(240);
    expect(text!.text).toMatch(/word…$/);
    const [list] = rowsOf(Array.from({ length: 1_000 }, (_, n) => n));
    expect(list!.items.at(-1)).toBe('and 988 more');
  });

  test('has a limited number of lines and levels, however large the state is', () => {
    const wide = rowsOf(Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`field ${n}`, n])));
    expect(wide).toHaveLength(maxRows + 1);
    expect(wide.at(-1)!.text).toMatch(/^and many more lines$/);
    let deep: unknown = 'end';
    for (let level = 0; level < 50; level++) deep = { level, deep };
    expect(Math.max(...rowsOf(deep).map(({ depth }) => depth))).toBeLessThanOrEqual(4);
  });

  test('gives every line a place of its own, so that a change is found', () => {
    const paths = rowsOf({ a: { b: 1 }, c: [{ b: 2 }] }).map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
  });
});

test.each([
  ['endsAt', 'ends at'],
  ['living room', 'living room'],
  ['snake_case-name', 'snake case name'],
  ['HTTPPort', 'HTTPPort'],
  ['größeÄndern', 'größe ändern'],
  ['_', '_'],
])('the field %s is written “%s”', (key, words) => {
  expect(wordsOf(key)).toBe(words);
});
