import { z } from 'zod';

/**
 * The messages between the gateway and the process of the sentence model, over the channel of `child_process` with
 * `serialization: 'advanced'`. Both sides check what they receive. The process ends when its channel is closed.
 */

const id = z.int().nonnegative();

/** Gateway → process. `load` is sent first and only once, everything else after `ready`. */
export const toModelSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('load'),
    library: z.string().describe('The file of node-llama-cpp to import.'),
    path: z.string().describe('The GGUF file.'),
  }),
  z.object({ type: z.literal('embed'), job: id, sentences: z.array(z.string()) }),
]);

/** Process → gateway. Each `embed` is followed by one `done` or `failed`; a `failed` without `job` is about loading. */
export const fromModelSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('done'), job: id, vectors: z.array(z.instanceof(Float32Array<ArrayBufferLike>)) }),
  z.object({ type: z.literal('failed'), job: id.exactOptional(), message: z.string() }),
]);

export type ToModel = z.infer<typeof toModelSchema>;
export type FromModel = z.infer<typeof fromModelSchema>;
