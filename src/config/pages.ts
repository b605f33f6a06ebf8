import { z } from 'zod';
import { environmentName, listOptions } from './index.ts';
import { errorCodes } from '../errors.ts';

/** `docs/configuration.md`, from the schema. */
export function configurationPage(): string {
  const rows = listOptions().map(([path, schema]) => {
    const { description = '' } = z.globalRegistry.get(schema) ?? {};
    return `| \`${path.join('.')}\` | ${defaultOf(schema)} | ${description} | \`${environmentName(path)}\` |`;
  });
  return [
    '# Configuration',
    '',
    'Options come from `heed.config.json` in the working folder (or `--config FILE`), then from the environment, then from the',
    'command line or `createHeed({ config })`; later ones win. An unknown or wrong option stops heed with `bad-config`.',
    '',
    '```json',
    '{ "transcribe": { "model": "tiny.en" }, "server": { "port": 8080 } }',
    '```',
    '',
    '| option | default | meaning | environment |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

/** `docs/errors.md`, from the table of codes. */
export function errorsPage(): string {
  const rows = Object.entries(errorCodes).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`);
  return [
    '# Error codes',
    '',
    'Every error carries a stable `code` and a message that says what was expected, what came, and the fix.',
    '',
    '| code | meaning |',
    '| --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function defaultOf(schema: z.ZodType): string {
  const value = schema.parse(undefined);
  return value === '' ? '(empty)' : `\`${JSON.stringify(value)}\``;
}
