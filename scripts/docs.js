// Writes the generated docs: node scripts/docs.js. A test checks that they are up to date.
import { writeFileSync } from 'node:fs';
import { configurationPage, errorsPage } from '../dist/config/pages.js';

writeFileSync('docs/configuration.md', configurationPage());
writeFileSync('docs/errors.md', errorsPage());
