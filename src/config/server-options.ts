import { z } from 'zod';
import { eventTypes } from '../events/event.ts';

/** Where the server listens, and its limits. */
export const serverOptions = z
  .strictObject({
    host: z.string().default('127.0.0.1').describe('Address to listen on.'),
    port: z.int().min(0).max(65_535).default(4333).describe('Port to listen on; 0 means any free one.'),
    token: z
      .string()
      .default('')
      .describe('Secret that clients must send; if empty, heed makes one and keeps it in `tokenFile`.'),
    tokenFile: z
      .string()
      .default('.heed/token')
      .describe(
        'File in which the token that heed made is kept for the next start; if empty, each start makes a new one.',
      ),
    tls: z
      .enum(['auto', 'off'])
      .default('auto')
      .describe(
        'Whether HTTPS is served: `auto` does so with `tlsCert`, and with a certificate of its own where other ' +
          'machines can come; `off` never does, as behind a proxy.',
      ),
    tlsCert: z.string().default('').describe('PEM file of a certificate with its chain; empty means none.'),
    tlsKey: z.string().default('').describe('PEM file of the private key of `tlsCert`.'),
    allowedHosts: z
      .array(z.string())
      .default([])
      .describe('Host names that are accepted besides loopback names and those of the address listened on.'),
    allowedOrigins: z
      .array(z.string())
      .default([])
      .describe('Origins of pages that are accepted besides the server itself.'),
    authTimeoutMs: z
      .int()
      .positive()
      .default(5_000)
      .describe('Longest time until the first message of a connection, ms.'),
    heartbeatMs: z
      .int()
      .positive()
      .default(15_000)
      .describe('Time between two pings; a connection that sends nothing in between is dropped, ms.'),
    drainMs: z
      .int()
      .min(0)
      .default(10_000)
      .describe('Time in which what is being said and run is still finished when heed is told to end, ms.'),
    idleFlushMs: z
      .int()
      .positive()
      .default(1_500)
      .describe(
        'Time by which audio must be late to end the open segment, in protocols that have no message for it, ms.',
      ),
    resumeMs: z
      .int()
      .min(0)
      .default(15_000)
      .describe(
        'Time that a session is kept after its connection broke, if its client can resume it, ms; 0 ends it at once.',
      ),
    maxHeldSessions: z
      .int()
      .positive()
      .default(32)
      .describe('Sessions without a connection that are kept at the same time; beyond it the oldest is ended.'),
    maxPayloadBytes: z
      .int()
      .positive()
      .default(1024 * 1024)
      .describe('Largest WebSocket message, bytes.'),
    maxBufferedBytes: z
      .int()
      .positive()
      .default(2 * 1024 * 1024)
      .describe('Unsent or unhandled bytes of a connection beyond which it is closed.'),
    maxSessions: z.int().positive().default(64).describe('Sessions that clients may have open at the same time.'),
    maxAnswerMs: z
      .number()
      .positive()
      .default(24)
      .describe(
        'Mean time of the voice activity model for a frame beyond which new streams are refused with `busy`, ms; ' +
          'from 32 ms on, the length of a frame, the open streams would fall behind.',
      ),
    maxSubscribers: z
      .int()
      .positive()
      .default(64)
      .describe('Subscribers to events that may be connected at the same time.'),
    maxFiles: z
      .int()
      .positive()
      .default(8)
      .describe('Audio files that may be uploaded or transcribed at the same time.'),
    maxConnectionsPerMinute: z
      .int()
      .positive()
      .default(240)
      .describe(
        'Connections with the right token that one address may open in a minute, and 48 times the wrong tokens.',
      ),
    maxRealTimeRate: z
      .number()
      .positive()
      .default(8)
      .describe('Factor by which a live stream may be faster than real time.'),
    maxBurstMs: z
      .int()
      .positive()
      .default(60_000)
      .describe('Audio that a stream may send at once before `maxRealTimeRate` applies, ms.'),
  })
  .prefault({});

/** Where events are posted to. */
export const webhookOptions = z
  .strictObject({
    url: z
      .union([z.literal(''), z.url({ protocol: /^https?$/ })])
      .default('')
      .describe('Address that events are posted to; empty means none.'),
    secret: z
      .string()
      .default('')
      .describe('Key of the HMAC-SHA256 signature; empty means that deliveries are not signed.'),
    types: z
      .array(z.enum(eventTypes))
      .default(['segment.final', 'command.completed', 'command.failed'])
      .describe('Event types that are sent; an empty list means all.'),
    maxAttempts: z.int().positive().default(5).describe('Most tries to deliver an event.'),
    backoffMs: z
      .int()
      .positive()
      .default(500)
      .describe('Wait before the second try; it doubles with each further try up to 30 s, ms.'),
    timeoutMs: z.int().positive().default(10_000).describe('Longest time of one try, ms.'),
    drainMs: z
      .int()
      .min(0)
      .default(2_000)
      .describe('Time in which waiting events are still delivered when heed closes, ms.'),
    maxQueue: z
      .int()
      .positive()
      .default(1_000)
      .describe('Events that may wait for delivery; beyond it the oldest is dropped.'),
  })
  .prefault({});
