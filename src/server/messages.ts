import { z } from 'zod';
import type { AudioFormat } from '../audio/format.ts';
import { maxChannels, maxSampleRateHz, minSampleRateHz } from '../audio/limits.ts';
import { HeedError } from '../errors.ts';
import { eventTypes } from '../events/event.ts';

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
    .regex(/^(auto|[a-z]{2,3})$/, 'Expected an ISO 639-1 code such as "en", or "auto"')
    .optional(),
  types: types.optional(),
});

/** What may follow on `/v1/stream`. */
export const streamMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('audio'), data: z.string() }),
  z.strictObject({ type: z.literal('flush') }),
  z.strictObject({ type: z.literal('say'), text: phrase }),
  z.strictObject({ type: z.literal('answer'), prompt_id: z.string().max(100), text: phrase }),
  z.strictObject({ type: z.literal('playing'), playing: z.boolean() }),
  z.strictObject({ type: z.literal('active'), commands: z.array(z.string().max(200)).max(10_000).nullable() }),
  z.strictObject({ type: z.literal('contexts'), contexts: z.array(z.string().max(100)).max(1_000) }),
  z.strictObject({ type: z.literal('end') }),
]);

/** The first message of a WebSocket on `/v1/events`. */
export const subscribeSchema = z.strictObject({
  type: z.literal('subscribe'),
  token,
  types: types.optional(),
  session: z.string().max(100).optional(),
  last_event_id: z.string().max(100).optional(),
});

/** The same wishes in an address, `?types=a,b&session=ID`. */
export const subscribeQuerySchema = z.object({
  types: z
    .string()
    .transform((text) => text.split(',').filter((type) => type !== ''))
    .pipe(types)
    .optional(),
  session: z.string().max(100).optional(),
  last_event_id: z.string().max(100).optional(),
});

export type StartMessage = z.infer<typeof startSchema>;
export type StreamMessage = z.infer<typeof streamMessageSchema>;
export type SubscribeMessage = z.infer<typeof subscribeSchema>;
export type SubscribeQuery = z.infer<typeof subscribeQuerySchema>;

/**
 * Parses a text message.
 * @throws HeedError `bad-message` tells what does not fit
 */
export function parseMessage<T extends z.ZodType>(text: string, schema: T): z.infer<T> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new HeedError(
      'bad-message',
      'A text message must be one JSON object, such as {"type":"flush"}; this one is no JSON.',
      { cause },
    );
  }
  return parseValue(value, schema);
}

/**
 * Parses what came from outside in another form.
 * @throws HeedError `bad-message` tells what does not fit
 */
export function parseValue<T extends z.ZodType>(value: unknown, schema: T): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.join('.') || 'message'}: ${message}`);
  throw new HeedError(
    'bad-message',
    `The message does not fit the protocol (docs/protocol.md): ${faults.join('; ').slice(0, 500)}`,
  );
}
