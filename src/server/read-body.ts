import type { IncomingMessage } from 'node:http';
import { HeedError } from '../errors.ts';
import { watchBody } from './body-watch.ts';

/** The largest JSON body of a request, bytes. */
const maxBodyBytes = 64 * 1024;

/**
 * Reads the body of a request as text.
 * @throws HeedError `too-large`, `timeout`, or `aborted` when the client left
 */
export function readBody(request: IncomingMessage): Promise<string> {
  return new Promise<string>((resolve, reject) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    const settle = (result: string | HeedError): void => {
      stop();
      request.removeAllListeners('data');
      if (typeof result === 'string') resolve(result);
      else reject(result);
    };
    const stop = watchBody(request, settle);
    request.on('data', (part: Buffer) => {
      bytes += part.length;
      parts.push(part);
      if (bytes > maxBodyBytes)
        settle(new HeedError('too-large', `A body of at most ${maxBodyBytes} bytes was expected; a longer one came.`));
    });
    request.on('end', () => settle(Buffer.concat(parts).toString('utf8')));
    request.on('close', () => settle(new HeedError('aborted', 'The client left.')));
    request.on('error', () => settle(new HeedError('aborted', 'The client left.')));
  });
}
