import { deserialize, serialize } from 'node:v8';
import { expect, test } from 'vitest';
import {
  fromWorkerSchema,
  toWorkerSchema,
  type FromWorker,
  type ToWorker,
} from '../../src/transcribe/worker-messages.ts';

const read = {
  priority: 0 as const,
  endSample: 1,
  language: 'en',
  translate: false,
  nBest: 1,
  words: true,
  positions: 0,
  threads: 1,
  beam: 5,
};
const graph = {
  id: 'g',
  words: ['hi'],
  prompt: '',
  start: 0,
  arcStart: new Uint32Array([0, 1]),
  arcKind: new Uint8Array([0]),
  arcLabel: new Uint32Array([0]),
  arcTarget: new Uint32Array([0]),
  final: new Uint8Array([1]),
};
const reading = {
  text: 'Hi.',
  logProbability: -0.5,
  tokens: 3,
  scores: [],
  endMs: 300,
  words: [{ word: 'Hi.', startMs: 0, endMs: 200, confidence: 0.9 }],
  language: 'en',
  confidence: 0.9,
  noSpeechProbability: 0,
  alternatives: [{ text: 'Hey.', logProbability: -2, tokens: 3, endMs: 300 }],
  positions: 64,
  inferenceMs: 12.5,
  stageMs: { encode: 10 },
};

const gpuReady = {
  type: 'ready',
  readers: 4,
  backend: 'vulkan',
  device: 'A GPU',
  system: '',
  multilingual: true,
} as const;

test.each<ToWorker>([
  { type: 'load', path: '/model.bin', gpu: true, integratedGpu: false, gpuReaders: 4 },
  { type: 'append', audio: 0, samples: new Float32Array([0.5]).subarray(0) },
  { type: 'close', audio: 0 },
  { type: 'graph', graph },
  { type: 'forget', graph: 'g' },
  { type: 'read', job: 1, audio: 0, read },
  { type: 'read', job: 1, audio: 0, read: { ...read, boost: ['Aoife'] }, graph: 'g' },
  { type: 'abort', job: 1 },
])('a worker takes $type as it is after the channel', (message) => {
  expect(toWorkerSchema.parse(deserialize(serialize(message)))).toEqual(message);
});

test.each<FromWorker>([
  { type: 'ready', readers: 1, backend: 'cpu', device: '', system: 'AVX512 = 1', multilingual: true },
  { ...gpuReady, gpuProblem: 'No GPU was found.' },
  { type: 'done', job: 1, reading },
  { type: 'done', job: 1, reading: { ...reading, constrained: [] } },
  { type: 'failed', job: 1, code: 'aborted', message: 'Stopped.' },
  { type: 'failed', code: 'bad-model', message: 'No model.' },
])('the gateway takes $type as it is after the channel', (message) => {
  expect(fromWorkerSchema.parse(deserialize(serialize(message)))).toEqual(message);
});

test.each([
  ['samples that are no floats', toWorkerSchema, { type: 'append', audio: 0, samples: [0.5] }],
  ['an unknown message', toWorkerSchema, { type: 'sing' }],
  ['a reading without class', toWorkerSchema, { type: 'read', job: 1, audio: 0, read: { ...read, priority: 3 } }],
  ['a job that is no number', fromWorkerSchema, { type: 'done', job: 'x', reading }],
  ['a text that is none', fromWorkerSchema, { type: 'done', job: 1, reading: { ...reading, text: undefined } }],
  ['nothing', fromWorkerSchema, undefined],
])('refuses %s', (_, schema, message) => {
  expect(schema.safeParse(message).success).toBe(false);
});
