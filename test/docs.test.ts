import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { configurationPage, errorsPage } from '../src/config/pages.ts';

test.each([
  ['docs/configuration.md', configurationPage],
  ['docs/errors.md', errorsPage],
])('%s is what the code says; node scripts/docs.js writes it anew', (file, page) => {
  expect(readFileSync(file, 'utf8')).toBe(page());
});
