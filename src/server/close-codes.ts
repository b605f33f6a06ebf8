import type { ErrorCode } from '../errors.ts';

/** WebSocket close codes of refusals: 4000 and the HTTP status of the same meaning. Other errors close with 1011. */
export const closeCodes: Partial<Record<ErrorCode, number>> = {
  'bad-message': 4400,
  'bad-audio': 4400,
  unauthorized: 4401,
  forbidden: 4403,
  timeout: 4408,
  'too-large': 4413,
  'audio-too-long': 4413,
  'too-many': 4429,
  busy: 4503,
};

/** The close code that an error ends a WebSocket with. */
export function closeCodeOf(code: ErrorCode): number {
  return closeCodes[code] ?? 1011;
}

/** The HTTP status that an error answers a request with. */
export function httpStatusOf(code: ErrorCode): number {
  const closeCode = closeCodes[code];
  if (closeCode !== undefined) return closeCode - 4000;
  return code === 'not-found' ? 404 : 500;
}
