// A worker thread that decodes one compressed file. The library's decoders are synchronous WebAssembly: in a thread of
// their own they do not block the event loop, and what they print about damaged files can be silenced.
import { parentPort } from 'node:worker_threads';
import decode, { type StreamDecoder } from 'audio-decode';
import { ChannelMix } from './channel-mix.ts';
import type { Container } from './container.ts';
import { maxSampleRateHz, minSampleRateHz } from './limits.ts';
import { Resampler } from './resampler.ts';
import { cleanSample } from './sample-decoder.ts';
import { concatSamples } from './concat-samples.ts';

/** The start of a new file, a block of it, or its end. */
export type DecodeRequest = { container: DecodedContainer } | { bytes: Uint8Array } | { end: true };

/** The samples that a request completed, or a description of what is wrong with the file. */
export type DecodeReply = { samples: Float32Array } | { error: string };

type DecodedContainer = Exclude<Container, 'wav'>;

interface Decoded {
  channelData: readonly Float32Array[];
  sampleRate: number;
}

// What the decoders print about damaged files, they also report as an error.
for (const method of ['log', 'warn', 'error'] as const) console[method] = () => undefined;

const port = parentPort!;
let decoder: StreamDecoder | undefined;
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
    decoder = await decode[request.container]();
    resampler = undefined;
    mix = undefined;
    rateHz = 0;
    return new Float32Array(0);
  }
  if ('bytes' in request) return toSamples(await decoder!(request.bytes));
  return concatSamples([toSamples(await decoder!()), resampler?.end() ?? new Float32Array(0)]);
}

async function answer(request: DecodeRequest): Promise<void> {
  try {
    // A copy, because the resampler returns parts of larger buffers, and returns its own input where no resampling is
    // needed.
    const samples = (await work(request)).slice();
    port.postMessage({ samples } satisfies DecodeReply, [samples.buffer]);
  } catch (error) {
    port.postMessage({ error: error instanceof Error ? error.message : String(error) } satisfies DecodeReply);
  }
}

port.on('message', (request: DecodeRequest) => void answer(request));
