import type { ErrorCode } from '../errors.ts';

/**
 * WebSocket close codes by error: 4000 plus the HTTP status of the same meaning, or 1013, which means "try again
 * later". All other errors close with 1011.
 */
export const closeCodes: Partial<Record<ErrorCode, number>> = {
  'bad-message': 4400,
  'bad-audio': 4400,
  unauthorized: 4401,
  timeout: 4408,
  'not-resumable': 4410,
  'too-large': 4413,
  'audio-too-long': 4413,
  'too-many': 4429,
  busy: 4503,
  'too-slow': 1013,
};

/** Statuses of errors that no WebSocket is closed with. */
const httpOnly: Partial<Record<ErrorCode, number>> = { forbidden: 403, 'not-found': 404, 'no-space': 507 };

/** Returns the code with which an error closes a WebSocket. */
export function closeCodeOf(code: ErrorCode): number {
  return closeCodes[code] ?? 1011;
}

/** Returns the HTTP status of the response to a request that failed with an error. */
export function httpStatusOf(code: ErrorCode): number {
  const closeCode = closeCodes[code];
  if (closeCode !== undefined && closeCode >= 4000) return closeCode - 4000;
  return httpOnly[code] ?? 500;
}
