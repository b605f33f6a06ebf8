/**
 * The state of the connection. `waiting` reconnects by itself, `refused` needs another address or token. With `isKept`
 * the session waits for the connection, and so does what is said meanwhile.
 */
export type Connection =
  | { status: 'connecting'; isKept?: true }
  | { status: 'open' }
  | { status: 'waiting'; code: string; message: string; retryInMs: number; isKept?: true }
  | { status: 'refused'; code: string; message: string }
  | { status: 'closed' };
