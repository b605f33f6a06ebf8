import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { HeedError } from '../errors.ts';
import { watchBody } from './body-watch.ts';
import { httpStatusOf } from './close-codes.ts';

/**
 * Headers of every response: the type is not guessed, no address is passed on, nobody embeds anything, and what is no
 * page of heed's (that has a policy of its own) can do nothing in a browser.
 */
export const commonHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** Responds with JSON. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    ...commonHeaders,
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(body),
    // Whoever stopped sending would otherwise keep the connection.
    ...(status === 408 ? { connection: 'close' } : {}),
  });
  if (status === 408 || !isStillComing(response.req)) response.end(body);
  else endLater(response, body);
}

/** The longest time in which the rest of a request is taken after its response, ms. */
const lingerMs = 30_000;

/**
 * Sends a response while its request is still coming. The rest of that is taken and dropped: if the connection ended
 * now, the client would be told that it was reset, and might never read the response.
 */
function endLater(response: ServerResponse, body: string): void {
  const { req: request } = response;
  response.write(body);
  const end = (): void => {
    stop();
    clearTimeout(timer);
    response.end();
  };
  const giveUp = (): void => {
    end();
    response.socket?.destroySoon();
  };
  const stop = watchBody(request, giveUp);
  const timer = setTimeout(giveUp, lingerMs).unref();
  request.once('end', end).once('close', end).once('error', end);
  request.resume();
}

function isStillComing({ complete, headers }: IncomingMessage): boolean {
  return !complete && ('transfer-encoding' in headers || Number(headers['content-length'] ?? 0) > 0);
}

/** Responds with an error: `{"error":{"code","message"}}` and the status for its code. */
export function sendError(response: ServerResponse, { code, message }: HeedError): void {
  if (code === 'unauthorized') response.setHeader('www-authenticate', 'Bearer');
  sendJson(response, httpStatusOf(code), { error: { code, message } });
}

/** Responds to an upgrade request, which has no response object, with an error in the form that WebSockets get. */
export function refuseUpgrade(socket: Duplex, { code, message }: HeedError): void {
  const status = httpStatusOf(code);
  const body = JSON.stringify({ type: 'error', code, message });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'connection: close',
    ...Object.entries(commonHeaders).map(([name, value]) => `${name}: ${value}`),
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    ...(code === 'unauthorized' ? ['www-authenticate: Bearer'] : []),
  ];
  socket.once('finish', () => socket.destroy());
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
