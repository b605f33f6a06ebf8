import { randomUUID } from 'node:crypto';
import { asHeedError, HeedError } from '../errors.ts';
import type { EventOf } from '../events/event.ts';

/** The error as a stranger may see it: what was not foreseen is logged, and told only as `internal`. */
export function publicError(error: unknown, log: (line: string) => void): HeedError {
  const known = asHeedError(error);
  if (known.code !== 'internal') return known;
  const { stack, message } = known.cause instanceof Error ? known.cause : known;
  log(`Internal error: ${stack ?? message}`);
  return new HeedError('internal', 'Something went wrong inside heed; its log has the details.', { cause: known });
}

/** An `error` event of a connection that has no session: it is sent to that client only and published nowhere. */
export function standAloneErrorEvent({ code, message }: HeedError, connectionId: string): EventOf<'error'> {
  return {
    type: 'error',
    event_id: randomUUID(),
    session_id: connectionId,
    seq: 0,
    time: new Date().toISOString(),
    code,
    message,
  };
}
