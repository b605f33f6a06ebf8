import { z } from 'zod';
import type { AudioFormat } from '../../audio/format.ts';
import { maxChannels, maxSampleRateHz, minSampleRateHz } from '../../audio/limits.ts';
import { wakeChoice } from '../../config/command-options.ts';
import { eventTypes } from '../../events/event.ts';

const token = z.string().max(1_000);
const types = z.array(z.enum(eventTypes)).max(eventTypes.length);
const phrase = z.string().trim().min(1).max(1_000);

const rawAudioSchema = z
  .strictObject({
    encoding: z.enum(['pcm_s16le', 'pcm_f32le']),
    sample_rate: z.int().min(minSampleRateHz).max(maxSampleRateHz),
    channels: z.int().min(1).max(maxChannels),
  })
  .transform(({ encoding, sample_rate, channels }): AudioFormat => ({ encoding, sampleRate: sample_rate, channels }));

/** The first message on `/v1/stream`. */
export const startSchema = z.strictObject({
  type: z.literal('start'),
  token,
  audio: z
    .discriminatedUnion('encoding', [
      z.strictObject({ encoding: z.literal('wav') }),
      z.strictObject({ encoding: z.literal('wav-chunks') }),
      rawAudioSchema,
    ])
    .optional(),
  language: z
    .string()
    .regex(/^(auto|[a-z]{2,3})$/, 'an ISO 639-1 code such as "en", or "auto", was expected')
    .optional(),
  sensitivity: z.number().min(0).max(1).optional(),
  chain: z.boolean().optional(),
  wake: wakeChoice.optional(),
  types: types.optional(),
});

/** The messages that may follow on `/v1/stream`. */
export const streamMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('audio'), data: z.string() }),
  z.strictObject({ type: z.literal('hold') }),
  z.strictObject({ type: z.literal('flush') }),
  z.strictObject({ type: z.literal('say'), text: phrase }),
  z.strictObject({ type: z.literal('answer'), prompt_id: z.string().max(100), text: phrase }),
  z.strictObject({ type: z.literal('playing'), playing: z.boolean(), held: z.boolean().optional() }),
  z.strictObject({ type: z.literal('active'), commands: z.array(z.string().max(200)).max(10_000).nullable() }),
  z.strictObject({ type: z.literal('contexts'), contexts: z.array(z.string().max(100)).max(1_000) }),
  z.strictObject({ type: z.literal('end') }),
]);

export type StartMessage = z.infer<typeof startSchema>;
export type StreamMessage = z.infer<typeof streamMessageSchema>;
