import type { IncomingMessage } from 'node:http';
import { HeedError } from '../errors.ts';

/** The largest JSON body of a request, bytes. */
const maxBodyBytes = 64 * 1024;

/**
 * Reads the body of a request as text.
 * @throws HeedError `too-large`
 */
export async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  // The connection must stay open for the response when the body is refused.
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBodyBytes)
      throw new HeedError('too-large', `A body of at most ${maxBodyBytes} bytes was expected; a longer one came.`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
