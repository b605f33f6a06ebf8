import { expect, test } from 'vitest';
import { dueWords } from '../../web/planned-view.ts';

test('the day of a planned command is told unless it is today', () => {
  const now = new Date(2026, 4, 4, 10, 5);
  expect(dueWords(new Date(2026, 4, 4, 18, 30), now)).toMatch(/30/);
  expect(dueWords(new Date(2026, 4, 4, 18, 30), now)).not.toMatch(/\b4\b|May/);
  expect(dueWords(new Date(2026, 4, 6, 18, 30), now)).toMatch(/6.*30|30.*6/);
});
