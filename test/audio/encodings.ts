/** Encodes samples of −1…1 in every way a WAV file can hold them, which is the inverse of the code under test. */
import { createImaEncoder, createMsEncoder } from './adpcm-encoder.ts';
import type { WavParts } from './wav-file.ts';

/** One way of storing sound. */
export interface Encoding {
  name: string;
  tag: number;
  bits: number;
  /** The largest difference from the original samples, for sound without sudden steps. */
  error: number;
  /** What the format chunk contains beyond the plain fields. */
  format?: (channels: number) => Pick<WavParts, 'blockBytes' | 'extension'>;
  /** @param frames one array per channel */
  encode: (frames: readonly Float32Array[]) => Uint8Array;
}

const imaBlockBytes = (channels: number): number => 256 * channels;
const msBlockBytes = (channels: number): number => 128 * channels;

export const encodings: readonly Encoding[] = [
  {
    name: '8-bit integers',
    tag: 1,
    bits: 8,
    error: 1 / 128,
    encode: interleaved(1, (view, at, value) => view.setUint8(at, clamp(Math.round(value * 128), -128, 127) + 128)),
  },
  {
    name: '16-bit integers',
    tag: 1,
    bits: 16,
    error: 1 / 2 ** 15,
    encode: interleaved(2, (view, at, value) => view.setInt16(at, toInt(value, 16), true)),
  },
  {
    name: '24-bit integers',
    tag: 1,
    bits: 24,
    error: 1 / 2 ** 22,
    encode: interleaved(3, (view, at, value) => {
      view.setUint16(at, toInt(value, 24) & 0xffff, true);
      view.setInt8(at + 2, toInt(value, 24) >> 16);
    }),
  },
  {
    name: '32-bit integers',
    tag: 1,
    bits: 32,
    error: 1e-6,
    encode: interleaved(4, (view, at, value) => view.setInt32(at, toInt(value, 32), true)),
  },
  {
    name: '32-bit floats',
    tag: 3,
    bits: 32,
    error: 1e-6,
    encode: interleaved(4, (view, at, value) => view.setFloat32(at, value, true)),
  },
  {
    name: '64-bit floats',
    tag: 3,
    bits: 64,
    error: 1e-6,
    encode: interleaved(8, (view, at, value) => view.setFloat64(at, value, true)),
  },
  {
    name: 'A-law',
    tag: 6,
    bits: 8,
    error: 0.02,
    encode: interleaved(1, (view, at, value) => view.setUint8(at, encodeAlaw(value))),
  },
  {
    name: 'µ-law',
    tag: 7,
    bits: 8,
    error: 0.02,
    encode: interleaved(1, (view, at, value) => view.setUint8(at, encodeMulaw(value))),
  },
  {
    name: 'IMA ADPCM',
    tag: 0x11,
    bits: 4,
    error: 0.05,
    encode: (frames) => createImaEncoder(imaBlockBytes(frames.length))(frames),
    format: (channels) => ({ blockBytes: imaBlockBytes(channels), extension: Uint8Array.of(0xf9, 1) }),
  },
  {
    name: 'MS ADPCM',
    tag: 2,
    bits: 4,
    error: 0.05,
    encode: (frames) => createMsEncoder(msBlockBytes(frames.length))(frames),
    format: (channels) => ({ blockBytes: msBlockBytes(channels) }),
  },
];

/** Returns the parts of a WAV file that holds the frames in an encoding. */
export function wavParts(encoding: Encoding, frames: readonly Float32Array[], sampleRateHz = 16_000): WavParts {
  const { tag, bits, format, encode } = encoding;
  return { tag, bits, channels: frames.length, sampleRateHz, ...format?.(frames.length), sound: encode(frames) };
}

function interleaved(
  sampleBytes: number,
  write: (view: DataView, at: number, value: number) => void,
): Encoding['encode'] {
  return (frames) => {
    const bytes = new Uint8Array(frames[0]!.length * frames.length * sampleBytes);
    const view = new DataView(bytes.buffer);
    let at = 0;
    frames[0]!.forEach((_, frame) => {
      for (const channel of frames) {
        write(view, at, channel[frame]!);
        at += sampleBytes;
      }
    });
    return bytes;
  };
}

function toInt(value: number, bits: number): number {
  return clamp(Math.round(value * 2 ** (bits - 1)), -(2 ** (bits - 1)), 2 ** (bits - 1) - 1);
}

/** ITU-T G.711 by its text: the sign, the number of the segment, four bits inside it, and every other bit inverted. */
function encodeAlaw(value: number): number {
  const size = Math.min(4095, Math.floor(Math.abs(value) * 4096));
  const segment = Math.max(0, Math.floor(Math.log2(Math.max(1, size))) - 4);
  const step = segment === 0 ? size >> 1 : size >> segment;
  const sign = value >= 0 ? 0x80 : 0;
  return (sign | (Math.min(7, segment) << 4) | (step & 15)) ^ 0x55;
}

function encodeMulaw(value: number): number {
  const size = Math.min(8158, Math.floor(Math.abs(value) * 8192)) + 33;
  const segment = Math.floor(Math.log2(size)) - 5;
  return ~((value < 0 ? 0x80 : 0) | (segment << 4) | ((size >> (segment + 1)) & 15)) & 0xff;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
