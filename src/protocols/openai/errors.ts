import type { ServerResponse } from 'node:http';
import type { HeedError } from '../../errors.ts';
import { httpStatusOf } from '../../server/close-codes.ts';
import { sendJson } from '../../server/respond.ts';

/** An error in OpenAI's form; its `code` is one of heed's. */
export function openAiError({ code, message }: HeedError): object {
  const type = httpStatusOf(code) < 500 ? 'invalid_request_error' : 'server_error';
  return { error: { message, type, param: code === 'not-found' ? 'model' : null, code } };
}

/** Places are freed when other files are done, so it makes no sense to try again at once. */
const retryAfterSeconds = 2;

/** Responds with an error. OpenAI's clients try again by themselves when the server has no room. */
export function sendOpenAiError(response: ServerResponse, error: HeedError): void {
  const status = httpStatusOf(error.code);
  if (error.code === 'unauthorized') response.setHeader('www-authenticate', 'Bearer');
  if (status === 429 || status === 503) response.setHeader('retry-after', String(retryAfterSeconds));
  sendJson(response, status, openAiError(error));
}
