import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import { parseMessage, parseValue } from '../../server/parse-message.ts';
import type { Protocol } from '../../server/protocol.ts';
import { readBody } from '../../server/read-body.ts';
import { commonHeaders, sendJson } from '../../server/respond.ts';
import { summaryOf } from '../../trace/index.ts';
import { KeptUtterances, newCaseSchema } from './kept-utterances.ts';

const listQuerySchema = z.object({ session: z.string().min(1).max(100) });

/** Serves the page's "Why?" panel: the traces and audio of utterances, and saving one as a case. */
export const utterancesProtocol: Protocol = ({ gateway }) => {
  const kept = new KeptUtterances(gateway);
  return {
    routes: [
      {
        method: 'GET',
        path: '/v1/utterances',
        handler: ({ response, target }) => {
          const { session } = parseValue(Object.fromEntries(target.query), listQuerySchema);
          sendJson(response, 200, { utterances: gateway.traces.list(session).map(summaryOf) });
        },
      },
      {
        method: 'GET',
        path: '/v1/utterances/:id',
        handler: ({ response, params }) => sendJson(response, 200, kept.trace(params['id']!)),
      },
      {
        method: 'GET',
        path: '/v1/utterances/:id/audio',
        handler: ({ response, params }) => sendWav(response, kept.wav(params['id']!)),
      },
      {
        method: 'POST',
        path: '/v1/cases',
        handler: async ({ request, response }) =>
          sendJson(response, 201, await kept.save(parseMessage(await readBody(request), newCaseSchema))),
      },
    ],
  };
};

function sendWav(response: ServerResponse, wav: Uint8Array): void {
  response.writeHead(200, {
    ...commonHeaders,
    'content-type': 'audio/wav',
    'cache-control': 'no-store',
    'content-length': wav.length,
  });
  response.end(wav);
}
