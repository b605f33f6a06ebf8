import { z } from 'zod';
import { eventSchema } from './event.ts';

/** Returns the JSON Schema (2020-12) of all events. It allows unknown fields, because later versions may add some. */
export function eventJsonSchema(): Record<string, unknown> {
  return {
    title: 'An event of heed',
    description: 'A flat JSON object; `type` says which event it is. Times inside a stream are seconds from its start.',
    ...z.toJSONSchema(eventSchema, { target: 'draft-2020-12', io: 'input' }),
  };
}
