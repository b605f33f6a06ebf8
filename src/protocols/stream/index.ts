import type { Protocol } from '../../server/protocol.ts';
import { StreamConnection } from './connection.ts';

/** heed's own protocol, by which the page speaks: `/v1/stream`. */
export const streamProtocol: Protocol = (context) => ({
  upgrades: { '/v1/stream': (channel) => new StreamConnection(channel, context) },
});
