import { z } from 'zod';
import { eventTypes } from '../../events/event.ts';

const types = z.array(z.enum(eventTypes)).max(eventTypes.length);

/** The first message of a WebSocket on `/v1/events`. */
export const subscribeSchema = z.strictObject({
  type: z.literal('subscribe'),
  token: z.string().max(1_000),
  types: types.optional(),
  session: z.string().max(100).optional(),
  last_event_id: z.string().max(100).optional(),
});

/** The same fields as a query string, such as `?types=a,b&session=ID`. */
export const subscribeQuerySchema = z.object({
  types: z
    .string()
    .transform((text) => text.split(',').filter((type) => type !== ''))
    .pipe(types)
    .optional(),
  session: z.string().max(100).optional(),
  last_event_id: z.string().max(100).optional(),
});

export type SubscribeQuery = z.infer<typeof subscribeQuerySchema>;
