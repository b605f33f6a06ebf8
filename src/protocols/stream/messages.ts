import { z } from 'zod';
import type { AudioFormat } from '../../audio/format.ts';
import { maxChannels, maxSampleRateHz, minSampleRateHz } from '../../audio/limits.ts';
import { wakeChoice } from '../../config/command-options.ts';
import { eventTypes } from '../../events/event.ts';

const token = z.string().max(1_000);
const types = z.array(z.enum(eventTypes)).max(eventTypes.length);
const activeNames = z.array(z.string().max(200)).max(10_000);
/** Nobody waits longer for a line; it keeps arithmetic with times sound. */
const maxAgeMs = 24 * 3_600_000;
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
  /** May be absent when the handshake has shown one. */
  token: token.optional(),
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
  /** Whether the voices are told apart. */
  diarize: z.boolean().optional(),
  types: types.optional(),
  active: activeNames.optional(),
  resumable: z.boolean().optional(),
});

/** The first message of a connection that goes on with a session whose last connection broke. */
export const resumeSchema = z.strictObject({
  type: z.literal('resume'),
  token: token.optional(),
  resume_token: z.string().max(100),
  last_event_id: z.string().max(100).optional(),
  audio_from: z.int().min(0),
});

/** The messages that may follow on `/v1/stream`. */
export const streamMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('audio'), data: z.string() }),
  z.strictObject({ type: z.literal('hold') }),
  z.strictObject({ type: z.literal('flush') }),
  z.strictObject({ type: z.literal('say'), text: phrase }),
  z.strictObject({ type: z.literal('answer'), prompt_id: z.string().max(100), text: phrase }),
  z.strictObject({ type: z.literal('playing'), playing: z.boolean(), held: z.boolean().optional() }),
  z.strictObject({ type: z.literal('active'), commands: activeNames.nullable() }),
  z.strictObject({ type: z.literal('contexts'), contexts: z.array(z.string().max(100)).max(1_000) }),
  z.strictObject({ type: z.literal('age'), ms: z.int().min(0).max(maxAgeMs) }),
  z.strictObject({ type: z.literal('end') }),
]);

/** What the server says about the line itself, to clients that have asked for a resumable session. */
export type LineMessage =
  | { type: 'resumable'; session_id: string; resume_token: string; resume_ms: number }
  | { type: 'resumed'; session_id: string; audio: number; messages: number }
  | { type: 'taken'; audio: number; messages: number };

export type ResumeMessage = z.infer<typeof resumeSchema>;
export type StartMessage = z.infer<typeof startSchema>;
export type StreamMessage = z.infer<typeof streamMessageSchema>;
