// Writes the JSON Schema of the events, from the compiled schema: node scripts/schema.js
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Writes the schema of every event to a file; dist/ must be compiled. */
export async function writeEventSchema(path) {
  const { eventJsonSchema } = await import('../dist/events/json-schema.js');
  writeFileSync(path, `${JSON.stringify(eventJsonSchema(), null, 2)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeEventSchema(fileURLToPath(new URL('../dist/events.schema.json', import.meta.url)));
}
