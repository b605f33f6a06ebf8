import { z } from 'zod';

/**
 * The messages between the gateway and a worker process, over the channel of `child_process` with
 * `serialization: 'advanced'`. Both sides check what they receive. A worker ends when its channel is closed.
 */

const id = z.int().nonnegative();
const samples = z.instanceof(Float32Array<ArrayBufferLike>);

const graph = z.object({
  id: z.string(),
  words: z.array(z.string()),
  prompt: z.string(),
  start: id,
  arcStart: z.instanceof(Uint32Array<ArrayBufferLike>),
  arcKind: z.instanceof(Uint8Array<ArrayBufferLike>),
  arcLabel: z.instanceof(Uint32Array<ArrayBufferLike>),
  arcTarget: z.instanceof(Uint32Array<ArrayBufferLike>),
  final: z.instanceof(Uint8Array<ArrayBufferLike>),
});

const read = z.object({
  priority: z.literal([0, 1, 2]),
  endSample: id,
  language: z.string(),
  translate: z.boolean(),
  nBest: z.int(),
  words: z.boolean(),
  positions: z.int(),
  threads: z.int(),
  beam: z.int(),
  boost: z.array(z.string()).exactOptional(),
});

/** Gateway → worker. `load` is sent first and only once; everything else is sent after `ready`. */
export const toWorkerSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('load'),
    path: z.string(),
    gpu: z.boolean(),
    integratedGpu: z.boolean(),
    gpuReaders: z
      .int()
      .positive()
      .describe('How many readings run side by side on a GPU; on the CPU it is always one.'),
  }),
  z.object({ type: z.literal('append'), audio: id, samples }).describe('Opens the audio if it is new.'),
  z.object({ type: z.literal('close'), audio: id }),
  z.object({ type: z.literal('graph'), graph }).describe('To be kept until `forget`.'),
  z.object({ type: z.literal('forget'), graph: z.string() }),
  z.object({ type: z.literal('read'), job: id, audio: id, read, graph: z.string().exactOptional() }),
  z.object({ type: z.literal('abort'), job: id }),
  z.object({ type: z.literal('ping') }).describe('To be answered with `pong` at once, also during a reading.'),
]);

const scores = z.array(z.object({ word: z.string(), logProbability: z.number(), lead: z.number() }));
const alternative = z.object({
  text: z.string(),
  logProbability: z.number(),
  tokens: z.int(),
  endMs: z.number(),
  scores: scores.exactOptional(),
  plainScores: scores.exactOptional(),
});

const reading = z.object({
  text: z.string(),
  logProbability: z.number(),
  tokens: z.int(),
  endMs: z.number(),
  scores: scores.exactOptional(),
  words: z.array(z.object({ word: z.string(), startMs: z.number(), endMs: z.number(), confidence: z.number() })),
  language: z.string(),
  confidence: z.number(),
  noSpeechProbability: z.number(),
  alternatives: z.array(alternative),
  prompted: alternative.exactOptional(),
  constrained: z.array(alternative).exactOptional(),
  brokenOff: z.array(alternative).exactOptional(),
  positions: z.int(),
  inferenceMs: z.number(),
  stageMs: z.record(z.string(), z.number()),
});

/**
 * Worker → gateway. Each `read` is followed by one `done` or `failed`. A `failed` without `job` means that loading
 * failed.
 */
export const fromWorkerSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('ready'),
    readers: z.int().positive(),
    backend: z.string(),
    device: z.string(),
    gpuProblem: z.string().exactOptional(),
    system: z.string(),
    multilingual: z.boolean(),
  }),
  z.object({ type: z.literal('done'), job: id, reading }),
  z.object({
    type: z.literal('pong'),
    cpuMs: z.number().nonnegative().describe('The processor time that the worker has used so far, ms.'),
  }),
  z.object({ type: z.literal('failed'), job: id.exactOptional(), code: z.string(), message: z.string() }),
]);

export type ToWorker = z.infer<typeof toWorkerSchema>;
export type FromWorker = z.infer<typeof fromWorkerSchema>;
