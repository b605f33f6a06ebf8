import { randomUUID } from 'node:crypto';
import { asHeedError, HeedError } from '../errors.ts';
import type { EventOf } from '../events/event.ts';
import type { Log } from '../log.ts';

/** Returns the error as clients may see it: the details of an unexpected error go to the log only. */
export function publicError(error: unknown, log: Log): HeedError {
  const known = asHeedError(error);
  if (known.code === 'no-space') log(`${known.message} (${messageOf(known.cause)})`, { level: 'error' });
  if (known.code !== 'internal') return known;
  const { stack, message } = known.cause instanceof Error ? known.cause : known;
  log(`Internal error: ${stack ?? message}`, { level: 'error' });
  return new HeedError('internal', 'Something went wrong inside heed; the log has the details.', { cause: known });
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'no cause';
}

/** Makes an `error` event for a connection that has no session. It is sent to that client only, and not published. */
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
