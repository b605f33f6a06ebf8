import { createImaAdpcm, createMsAdpcm } from './adpcm.ts';
import type { BlockDecoder } from './block-decoder.ts';
import { ChannelMix } from './channel-mix.ts';
import { alawTable, mulawTable } from './companding.ts';

/** How one sample is stored. `bits` counts those of the container, a multiple of 8. */
export type SampleEncoding =
  | { kind: 'int'; bits: 8 | 16 | 24 | 32 }
  | { kind: 'float'; bits: 32 | 64 }
  | { kind: 'alaw' | 'mulaw' }
  | { kind: 'ima-adpcm'; blockBytes: number }
  | { kind: 'ms-adpcm'; blockBytes: number; coefficients: readonly (readonly [number, number])[] };

/** Creates the decoder of an encoding. */
export function createBlockDecoder(encoding: SampleEncoding, channels: number): BlockDecoder {
  switch (encoding.kind) {
    case 'ima-adpcm':
      return createImaAdpcm(encoding.blockBytes, channels);
    case 'ms-adpcm':
      return createMsAdpcm(encoding.blockBytes, channels, encoding.coefficients);
    case 'int':
      if (encoding.bits === 16 && channels === 1) return int16Decoder;
      return createFrameDecoder(encoding.bits / 8, channels, intReaders[encoding.bits]);
    case 'float':
      return createFrameDecoder(encoding.bits / 8, channels, floatReaders[encoding.bits]);
    case 'alaw':
      return createFrameDecoder(1, channels, (view, at) => alawTable[view.getUint8(at)]!);
    case 'mulaw':
      return createFrameDecoder(1, channels, (view, at) => mulawTable[view.getUint8(at)]!);
  }
}

/** What nearly every live stream has. A loop of its own takes two thirds of the time of the general one. */
const int16Decoder: BlockDecoder = {
  blockBytes: 2,
  decode(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const samples = new Float32Array(bytes.length >> 1);
    for (let at = 0; at < samples.length; at++) samples[at] = view.getInt16(2 * at, true) / 0x8000;
    return samples;
  },
};

type SampleReader = (view: DataView, at: number) => number;

const intReaders: Record<8 | 16 | 24 | 32, SampleReader> = {
  8: (view, at) => (view.getUint8(at) - 128) / 128,
  16: (view, at) => view.getInt16(at, true) / 0x8000,
  24: (view, at) => (view.getUint8(at) | (view.getInt16(at + 1, true) << 8)) / 0x800000,
  32: (view, at) => view.getInt32(at, true) / 0x80000000,
};

const floatReaders: Record<32 | 64, SampleReader> = {
  32: (view, at) => cleanSample(view.getFloat32(at, true)),
  64: (view, at) => cleanSample(view.getFloat64(at, true)),
};

/** Clips to −1…1. NaN and infinities become silence, because they would spread through every later stage. */
export function cleanSample(value: number): number {
  if (value >= -1 && value <= 1) return value;
  if (!Number.isFinite(value)) return 0;
  return value > 0 ? 1 : -1;
}

function createFrameDecoder(sampleBytes: number, channels: number, read: SampleReader): BlockDecoder {
  const blockBytes = sampleBytes * channels;
  const mix = new ChannelMix(channels);
  return {
    blockBytes,
    decode(bytes) {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const frames = Math.floor(bytes.length / blockBytes);
      const samples = Array.from({ length: channels }, () => new Float32Array(frames));
      for (let frame = 0, at = 0; frame < frames; frame++)
        for (let channel = 0; channel < channels; channel++, at += sampleBytes)
          samples[channel]![frame] = read(view, at);
      return mix.mix(samples);
    },
  };
}
