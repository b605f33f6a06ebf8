import type { Protocol } from '../../server/protocol.ts';
import { StreamConnection } from './connection.ts';
import { HeldSessions } from './held-sessions.ts';
import type { StreamSession } from './stream-session.ts';

/** heed's own protocol on `/v1/stream`, which the page uses. */
export const streamProtocol: Protocol = (context) => {
  const { resumeMs, maxHeldSessions } = context.gateway.config.server;
  const held = new HeldSessions<StreamSession>({ holdMs: resumeMs, maxHeld: maxHeldSessions });
  return {
    upgrades: { '/v1/stream': (channel) => new StreamConnection(channel, context, held) },
    close: () => held.close(),
  };
};
