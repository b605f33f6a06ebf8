import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { configurationPage, errorsPage } from '../src/config/pages.ts';
import { eventTypesModule } from '../src/events/event-types.ts';

test.each([
  ['docs/configuration.md', configurationPage],
  ['docs/errors.md', errorsPage],
  ['client/events.ts', eventTypesModule],
])('%s is what the code says; node scripts/docs.js writes it again', (file, page) => {
  expect(readFileSync(file, 'utf8')).toBe(page());
});
