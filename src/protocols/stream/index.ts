import type { Protocol } from '../../server/protocol.ts';
import { StreamConnection } from './connection.ts';

/** heed's own protocol on `/v1/stream`, which the page uses. */
export const streamProtocol: Protocol = (context) => ({
  upgrades: { '/v1/stream': (channel, target) => new StreamConnection(channel, context, target) },
});
