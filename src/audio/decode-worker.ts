// A worker thread that decodes one compressed file. The library's decoders are synchronous WebAssembly: in a thread of
// their own they do not block the event loop, and what they print about damaged files can be silenced.
import { parentPort } from 'node:worker_threads';
import decode, { type StreamDecoder } from 'audio-decode';
import { giveWay } from '../platform/background-thread.ts';
import { ChannelMix } from './channel-mix.ts';
import type { Container } from './container.ts';
import { beforeFlacHeader } from './file-blocks.ts';
import { maxSampleRateHz, minSampleRateHz } from './limits.ts';
import { Resampler } from './resampler.ts';
import { cleanSample } from './sample-decoder.ts';
import { concatSamples } from './concat-samples.ts';

/** The start of a new file, a block of it, more of the last block, or the end. */
export type DecodeRequest = { container: DecodedContainer } | { bytes: Uint8Array } | { more: true } | { end: true };

/** The samples that a request completed, and whether its block holds more; or what is wrong with the file. */
export type DecodeReply = { samples: Float32Array; isMore: boolean } | { error: string };

type DecodedContainer = Exclude<Container, 'wav'>;

interface Decoded {
  channelData: readonly Float32Array[];
  sampleRate: number;
}

/**
 * How much of a block is decoded at once, bytes, where a few bytes may be minutes of silence; and how much sound makes
 * a reply, samples. Hours of it would otherwise stand in memory, as big as they are when they play.
 */
const [sliceBytes, replySamples] = [512, 160_000];
const dense: ReadonlySet<DecodedContainer> = new Set<DecodedContainer>(['flac', 'opus', 'oga', 'webm']);

giveWay();

// What the decoders print about damaged files, they also report as an error.
for (const method of ['log', 'warn', 'error'] as const) console[method] = () => undefined;

const port = parentPort!;
let decoder: StreamDecoder | undefined;
let container: DecodedContainer | undefined;
/** What is left of the block. */
let rest = new Uint8Array(0);
let resampler: Resampler | undefined;
let rateHz = 0;
let mix: ChannelMix | undefined;
let channels = 0;

function toSamples({ channelData, sampleRate }: Decoded): Float32Array {
  if (channelData.length === 0) return new Float32Array(0);
  if (!(sampleRate >= minSampleRateHz && sampleRate <= maxSampleRateHz))
    throw new Error(`a sample rate of ${sampleRate} Hz`);
  const mono = mixDown(channelData);
  // Chained Ogg streams may change their sample rate midway.
  const before = sampleRate === rateHz ? undefined : resampler?.end();
  if (!resampler || sampleRate !== rateHz) resampler = new Resampler(Math.round(sampleRate));
  rateHz = sampleRate;
  return concatSamples([...(before ? [before] : []), resampler.push(mono)]);
}

function mixDown(channelData: readonly Float32Array[]): Float32Array {
  // Chained Ogg streams may change the number of their channels too.
  if (!mix || channelData.length !== channels) mix = new ChannelMix(channelData.length);
  channels = channelData.length;
  return mix.mix(channelData.map((samples) => samples.map(cleanSample)));
}

async function work(request: DecodeRequest): Promise<Float32Array> {
  if ('container' in request) {
    container = request.container;
    decoder = await decode[container]();
    rest = new Uint8Array(0);
    resampler = undefined;
    mix = undefined;
    rateHz = 0;
    return new Float32Array(0);
  }
  if ('end' in request) return concatSamples([toSamples(await decoder!()), resampler?.end() ?? new Float32Array(0)]);
  if ('bytes' in request) rest = request.bytes as Uint8Array<ArrayBuffer>;
  const parts: Float32Array[] = [];
  for (let samples = 0; rest.length > 0 && samples < replySamples; samples += parts.at(-1)!.length) {
    const slice = nextSlice();
    rest = rest.subarray(slice.length);
    parts.push(toSamples(await decoder!(slice)));
  }
  return concatSamples(parts);
}

function nextSlice(): Uint8Array {
  if (!dense.has(container!) || rest.length <= sliceBytes) return rest;
  const slice = rest.subarray(0, sliceBytes);
  return container === 'flac' ? slice.subarray(0, beforeFlacHeader(slice)) : slice;
}

async function answer(request: DecodeRequest): Promise<void> {
  try {
    // A copy, because the resampler returns parts of larger buffers, and returns its own input where no resampling is
    // needed.
    const samples = (await work(request)).slice();
    port.postMessage({ samples, isMore: rest.length > 0 } satisfies DecodeReply, [samples.buffer]);
  } catch (error) {
    port.postMessage({ error: error instanceof Error ? error.message : String(error) } satisfies DecodeReply);
  }
}

port.on('message', (request: DecodeRequest) => void answer(request));
