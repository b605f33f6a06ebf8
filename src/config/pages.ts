import { z } from 'zod';
import { environmentName, listOptions } from './index.ts';
import { errorCodes } from '../errors.ts';

/** Returns the text of `docs/configuration.md`, made from the schema. */
export function configurationPage(): string {
  const rows = listOptions().map(([path, schema]) => {
    const { description = '' } = z.globalRegistry.get(schema) ?? {};
    return `| \`${path.join('.')}\` | ${defaultOf(schema)} | ${description} | \`${environmentName(path)}\` |`;
  });
  return [
    '# Configuration',
    '',
    'Options come from `heed.config.json` in the working folder (or from `--config FILE`), from the environment, and',
    'from the command line or `createHeed({ config })`. Each of these wins over the ones before it. An unknown or',
    'wrong option stops heed with the error `bad-config`.',
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

/** Returns the text of `docs/errors.md`, made from the table of codes. */
export function errorsPage(): string {
  const rows = Object.entries(errorCodes).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`);
  return [
    '# Error codes',
    '',
    'Every error has a stable `code` and a message that says what was expected, what came, and how to fix it.',
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
