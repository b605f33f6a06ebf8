// Writes the generated docs, and the client's types of the events: node scripts/docs.js. A test checks that they are up
// to date.
import { writeFileSync } from 'node:fs';
import { configurationPage, errorsPage } from '../dist/config/pages.js';
import { eventTypesModule } from '../dist/events/event-types.js';

writeFileSync('docs/configuration.md', configurationPage());
writeFileSync('docs/errors.md', errorsPage());
writeFileSync('client/events.ts', eventTypesModule());
