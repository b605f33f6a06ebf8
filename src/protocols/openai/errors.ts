import type { ServerResponse } from 'node:http';
import type { HeedError } from '../../errors.ts';
import { httpStatusOf } from '../../server/close-codes.ts';
import { sendJson } from '../../server/respond.ts';

/** Responds with an error in OpenAI's form; its `code` is one of heed's. */
export function sendOpenAiError(response: ServerResponse, { code, message }: HeedError): void {
  const status = httpStatusOf(code);
  if (code === 'unauthorized') response.setHeader('www-authenticate', 'Bearer');
  sendJson(response, status, {
    error: { message, type: status < 500 ? 'invalid_request_error' : 'server_error', param: null, code },
  });
}
