import type { IncomingMessage } from 'node:http';
import type { ServerContext } from './context.ts';
import type { Target } from './target.ts';

/**
 * Checks the token of a request. A wrong one counts as a connection of its address, so that nobody can try many tokens.
 * @throws HeedError `unauthorized`, or `too-many` once that address has tried too often
 */
export function checkRequestToken(
  { access, rate }: Pick<ServerContext, 'access' | 'rate'>,
  request: IncomingMessage,
  { token }: Pick<Target, 'token'>,
): void {
  try {
    access.checkToken(token);
  } catch (error) {
    rate.count(request.socket.remoteAddress ?? '');
    throw error;
  }
}
