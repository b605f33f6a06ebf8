/** Close codes after which trying again does not help. */
const refusals: Record<number, string> = { 4400: 'bad-message', 4401: 'unauthorized' };
const rejections: Record<number, string> = {
  4408: 'timeout',
  4410: 'not-resumable',
  4413: 'too-large',
  4429: 'too-many',
  4503: 'busy',
};

/** Returns why a connection was closed, as a code of the server or as `lost`, and whether that is for good. */
export function closeReason(code: number): { code: string; isRefused: boolean } {
  return { code: refusals[code] ?? rejections[code] ?? 'lost', isRefused: code in refusals };
}
