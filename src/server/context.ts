import type { Log } from '../log.ts';
import type { Access } from './access.ts';
import type { Door } from './door.ts';
import type { Gateway } from './gateway.ts';
import type { Places } from './places.ts';
import type { Readiness } from './readiness.ts';
import type { Refusals } from './refusals.ts';

/** What all protocols and connections of a server share. */
export interface ServerContext {
  gateway: Gateway;
  access: Access;
  door: Door;
  sessions: Places;
  subscribers: Places;
  /** Whether new clients should come here. */
  readiness: Readiness;
  refusals: Refusals;
  log: Log;
  /** A clock in ms that never goes back. */
  now: () => number;
}
