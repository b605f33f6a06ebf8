import { z } from 'zod';
import { eventSchema } from './event.ts';

/** JSON Schema (2020-12) of every event. Unknown fields are allowed: later versions may add some. */
export function eventJsonSchema(): Record<string, unknown> {
  return {
    title: 'An event of heed',
    description: 'Flat JSON; `type` tells which. Times inside a stream are seconds from its start.',
    ...z.toJSONSchema(eventSchema, { target: 'draft-2020-12', io: 'input' }),
  };
}
