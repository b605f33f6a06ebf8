import type { HeedEvent } from '../../events/index.ts';
import type { Told } from '../../server/backlog.ts';

/** The connection that a session speaks through at the moment. */
export interface Line {
  /** Sends a text, and says of which event it tells; does nothing on a connection that is closed. */
  send(text: string, event?: HeedEvent): void;
  /** Sends texts that are kept anyway, before all that is sent from now on. */
  begin(kept: Iterable<Told>): void;
  /** What the client has not taken yet, bytes. */
  readonly waitingBytes: number;
  /** Ends the connection because the session is over. */
  finish(): void;
  /** Ends the connection because of an error. */
  refuse(error: unknown): void;
  /** Ends the connection because another one goes on with the session. */
  release(): void;
}
