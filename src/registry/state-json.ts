import { HeedError } from '../errors.ts';

/**
 * Returns a value that a handler shares as JSON.
 * @throws HeedError `bad-command` when it cannot be written as JSON
 */
export function stateJson(topic: string, value: unknown): string {
  const json = JSON.stringify(value) as string | undefined;
  if (json === undefined)
    throw new HeedError('bad-command', `state.set("${topic}", …) needs a JSON value; it was given a ${typeof value}.`);
  return json;
}
