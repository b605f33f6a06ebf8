import type { z } from 'zod';
import { HeedError } from '../errors.ts';
import { parseJson } from './parse-json.ts';

/** Returns the text of a message. The socket has already checked that it is valid UTF-8. */
export function textOf(data: Uint8Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('utf8');
}

/**
 * Parses a text message as JSON and checks it against a schema.
 * @throws HeedError `bad-message` whose message says what does not fit
 */
export function parseMessage<T extends z.ZodType>(text: string, schema: T): z.infer<T> {
  return parseValue(parseJson(text), schema);
}

/**
 * Checks a value from outside, such as a query string, against a schema.
 * @throws HeedError `bad-message` whose message says what does not fit
 */
export function parseValue<T extends z.ZodType>(value: unknown, schema: T): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.join('.') || 'message'}: ${message}`);
  throw new HeedError(
    'bad-message',
    `The message does not fit the protocol (docs/protocol.md): ${faults.join('; ').slice(0, 500)}`,
  );
}
