import { expect, test } from 'vitest';
import { findLine } from '../../src/registry/find-line.ts';

const source = `import { list } from 'heed';
const place = list([]);
export default defineCommand({
  phrases: ['go to {place}',
    'I\\'d go'],
  rules: { how: 'on foot' },
  slots: { place },
  async run({ args }) {
  },
});`;

test.each<[string, string | undefined, number | undefined]>([
  ['The phrase "go to {place}" uses {place}', undefined, 4],
  [`The phrase "I'd go" is wrong`, undefined, 5],
  ['"go" is short and "on foot" is longer', undefined, 6],
  ['The phrase "go to {pl…" is cut', undefined, 4],
  ['Slot {place}: the list has no values', undefined, 7],
  ['Rule <how>: wrong', undefined, 6],
  ['Slot {my-place}: wrong', undefined, 4],
  ['Slot {a(b}: wrong', undefined, 4],
  ['run: a function was expected', 'run', 8],
  ['no hint', undefined, 4],
  ['no hint', 'timeoutMs', 3],
])('%j (%s) is about line %s', (message, key, line) => {
  expect(findLine(source, message, key)).toBe(line);
});

test('A source without a definition has no line', () => {
  expect(findLine('const x = 1;', 'anything')).toBeUndefined();
});
