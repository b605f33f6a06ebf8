import type { ServerResponse } from 'node:http';
import type { HeedError } from '../errors.ts';
import { httpStatusOf } from './close-codes.ts';

/** Headers of every answer: nothing is guessed, framed, kept or passed on. */
export const commonHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** Answers with JSON. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    ...commonHeaders,
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

/** Answers with an error: `{"error":{"code","message"}}` and the status that fits. */
export function sendError(response: ServerResponse, { code, message }: HeedError): void {
  if (code === 'unauthorized') response.setHeader('www-authenticate', 'Bearer');
  sendJson(response, httpStatusOf(code), { error: { code, message } });
}
