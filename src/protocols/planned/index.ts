import type { PlannedCommand } from '../../dispatch/index.ts';
import { HeedError } from '../../errors.ts';
import type { Protocol } from '../../server/protocol.ts';
import { sendJson } from '../../server/respond.ts';

/** Serves the list of commands that were given for later, and calls them off. */
export const plannedProtocol: Protocol = ({ gateway }) => ({
  routes: [
    {
      method: 'GET',
      path: '/v1/planned',
      handler: ({ response }) => sendJson(response, 200, { planned: gateway.planned.map(toJson) }),
    },
    {
      method: 'DELETE',
      path: '/v1/planned/:id',
      handler: async ({ response, params }) => {
        const cancelled = await gateway.cancelPlanned(params['id']!);
        if (!cancelled)
          throw new HeedError('not-found', 'There is no such command any more. GET /v1/planned lists what is planned.');
        sendJson(response, 200, toJson(cancelled));
      },
    },
  ],
});

function toJson({ id, command, args, phrase, due, sessionId, isKept }: PlannedCommand): Record<string, unknown> {
  return { planned_id: id, command, args, phrase, due, session_id: sessionId, is_kept: isKept };
}
