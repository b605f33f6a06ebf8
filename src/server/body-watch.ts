import type { IncomingMessage } from 'node:http';
import { HeedError } from '../errors.ts';

/** In each such time, so much of a body must come, or its end: ms and bytes. */
const [stretchMs, leastBytes] = [10_000, 10 * 1024];

/**
 * Watches whether the body of a request comes, so that nobody holds a place with one that does not.
 * @param fail called once with `timeout` when it comes no longer, or hardly
 * @returns the function that ends the watch
 */
export function watchBody({ socket }: IncomingMessage, fail: (error: HeedError) => void): () => void {
  let before = socket.bytesRead;
  const timer = setInterval(() => {
    const came = socket.bytesRead - before;
    before = socket.bytesRead;
    if (came >= leastBytes) return;
    clearInterval(timer);
    const message = `The body of the request was expected; ${came} bytes of it came in ${stretchMs / 1000} s.`;
    fail(new HeedError('timeout', message));
  }, stretchMs);
  timer.unref();
  return () => clearInterval(timer);
}
