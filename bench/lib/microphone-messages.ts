import { z } from 'zod';

/** What the bench streams asks of its microphones. */
export const orderSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('connect'),
    pageUrl: z.string(),
    streams: z.int(),
    clips: z.array(z.string()),
    speechShare: z.number(),
  }),
  z.object({ type: z.literal('disconnect') }),
  z.object({ type: z.literal('speak'), seconds: z.number() }),
]);

/** What the microphones report. Times are ms since 1970, so that two processes of one machine can compare them. */
export const newsSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('connected'), startedAtMs: z.record(z.string(), z.number()) }),
  z.object({ type: z.literal('refused'), message: z.string() }),
  z.object({ type: z.literal('disconnected') }),
  z.object({ type: z.literal('spoken') }),
  z.object({
    type: z.literal('done'),
    phrases: z.int(),
    finals: z.int(),
    busy: z.int(),
    errors: z.int(),
    /** How many stretches of speech were noticed, without those that were none after all. */
    segments: z.int(),
    /** How many of these got neither a text nor an error. */
    unanswered: z.int(),
    /** From the end of a segment to its text, ms. */
    finalMs: z.array(z.number()),
    /** How late messages left, ms: what the client itself adds to every delay. */
    lateP99Ms: z.number(),
  }),
]);

export type Order = z.infer<typeof orderSchema>;
export type News = z.infer<typeof newsSchema>;
