import { parseValue } from '../../server/parse-message.ts';
import type { Protocol } from '../../server/protocol.ts';
import { EventsConnection } from './connection.ts';
import { EventsStream } from './event-stream.ts';
import { subscribeQuerySchema } from './messages.ts';

/** Sends events to subscribers on `/v1/events`, over a WebSocket or Server-Sent Events. */
export const eventsProtocol: Protocol = (context) => {
  const streams = new Set<EventsStream>();
  return {
    upgrades: { '/v1/events': (channel, target) => new EventsConnection(channel, context, target) },
    routes: [
      {
        method: 'GET',
        path: '/v1/events',
        handler: ({ request, response, target }) => {
          const wishes = parseValue(Object.fromEntries(target.query), subscribeQuerySchema);
          const lastEventId = request.headers['last-event-id'];
          const stream = new EventsStream(
            response,
            context,
            typeof lastEventId === 'string' ? { ...wishes, last_event_id: lastEventId } : wishes,
          );
          streams.add(stream);
          response.on('close', () => streams.delete(stream));
        },
      },
    ],
    beat: () => {
      for (const stream of streams) stream.beat();
    },
    close: async () => {
      for (const stream of streams) stream.close();
    },
  };
};
