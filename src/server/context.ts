import type { Access } from './access.ts';
import type { ConnectionRate } from './connection-rate.ts';
import type { Gateway } from './gateway.ts';
import type { Places } from './places.ts';

/** What all protocols and connections of a server share. */
export interface ServerContext {
  gateway: Gateway;
  access: Access;
  rate: ConnectionRate;
  sessions: Places;
  subscribers: Places;
  log: (line: string) => void;
  /** A clock in ms that never goes back. */
  now: () => number;
}
