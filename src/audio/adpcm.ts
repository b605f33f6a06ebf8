import type { BlockDecoder } from './block-decoder.ts';
import { ChannelMix } from './channel-mix.ts';

// Tables of the IMA Digital Audio Focus and Technical Working Group, recommended practices 3.0 (1992).
const stepTable = [
  7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107, 118,
  130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796, 876, 963, 1060,
  1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484,
  7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767,
] as const;
const indexShift = [-1, -1, -1, -1, 2, 4, 6, 8] as const;

/**
 * IMA ADPCM as in WAV: per channel a 4-byte header with the first sample, then groups of 8 nibbles, channel by channel.
 */
export function createImaAdpcm(blockBytes: number, channels: number): BlockDecoder {
  const headerBytes = 4 * channels;

  function decodeBlock(bytes: Uint8Array, view: DataView, start: number, end: number, emit: Channels): void {
    if (end - start < headerBytes) return;
    const groups = Math.floor((end - start - headerBytes) / (4 * channels));
    emit.begin(1 + groups * 8);
    for (let channel = 0; channel < channels; channel++) {
      let value = view.getInt16(start + channel * 4, true);
      let index = Math.min(88, view.getUint8(start + channel * 4 + 2));
      emit.set(channel, 0, value);
      for (let group = 0, position = 1; group < groups; group++) {
        const at = start + headerBytes + (group * channels + channel) * 4;
        for (let nibble = 0; nibble < 8; nibble++) {
          const code = (bytes[at + (nibble >> 1)]! >> ((nibble & 1) * 4)) & 15;
          const step = stepTable[index]!;
          let difference = step >> 3;
          if (code & 4) difference += step;
          if (code & 2) difference += step >> 1;
          if (code & 1) difference += step >> 2;
          value = clampInt16(code & 8 ? value - difference : value + difference);
          index = Math.min(88, Math.max(0, index + indexShift[code & 7]!));
          emit.set(channel, position++, value);
        }
      }
    }
  }

  const samplesPerBlock = 1 + Math.floor((blockBytes - headerBytes) / (4 * channels)) * 8;
  return createAdpcm({ blockBytes, channels, samplesPerBlock, decodeBlock });
}

const adaptationTable = [230, 230, 230, 230, 307, 409, 512, 614, 768, 614, 512, 409, 307, 230, 230, 230] as const;

/** Microsoft ADPCM: per channel a predictor, a step and two samples, then one nibble per channel in turn. */
export function createMsAdpcm(
  blockBytes: number,
  channels: number,
  coefficients: readonly (readonly [number, number])[],
): BlockDecoder {
  const headerBytes = 7 * channels;

  function decodeBlock(bytes: Uint8Array, view: DataView, start: number, end: number, emit: Channels): void {
    if (end - start < headerBytes) return;
    const perChannel = Math.floor(((end - start - headerBytes) * 2) / channels);
    emit.begin(2 + perChannel);
    for (let channel = 0; channel < channels; channel++) {
      const [first, second] = coefficients[Math.min(coefficients.length - 1, bytes[start + channel]!)]!;
      const word = (field: number) => view.getInt16(start + channels * (1 + 2 * field) + channel * 2, true);
      let delta = word(0);
      let last = word(1);
      let beforeLast = word(2);
      emit.set(channel, 0, beforeLast);
      emit.set(channel, 1, last);
      for (let position = 0; position < perChannel; position++) {
        const nibble = position * channels + channel;
        const code = (bytes[start + headerBytes + (nibble >> 1)]! >> (nibble & 1 ? 0 : 4)) & 15;
        const signed = code & 8 ? code - 16 : code;
        const value = clampInt16(((last * first + beforeLast * second) >> 8) + signed * delta);
        beforeLast = last;
        last = value;
        // The step has no upper bound in the format; without one a damaged file drives it to infinity.
        delta = Math.min(0x7fffff, Math.max(16, (adaptationTable[code]! * delta) >> 8));
        emit.set(channel, 2 + position, value);
      }
    }
  }

  const samplesPerBlock = 2 + Math.floor(((blockBytes - headerBytes) * 2) / channels);
  return createAdpcm({ blockBytes, channels, samplesPerBlock, decodeBlock });
}

function clampInt16(value: number): number {
  return value > 32767 ? 32767 : value < -32768 ? -32768 : value;
}

/** Collects the samples of several blocks, in each of which the channels are decoded one after the other. */
class Channels {
  private readonly samples: readonly Float32Array[];
  private base = 0;
  private length = 0;

  constructor(capacity: number, channels: number) {
    this.samples = Array.from({ length: channels }, () => new Float32Array(capacity));
  }

  begin(samples: number): void {
    this.base = this.length;
    this.length += samples;
  }

  set(channel: number, position: number, value: number): void {
    this.samples[channel]![this.base + position] = value / 0x8000;
  }

  finish(): Float32Array[] {
    return this.samples.map((samples) => samples.subarray(0, this.length));
  }
}

interface AdpcmParts {
  blockBytes: number;
  channels: number;
  samplesPerBlock: number;
  decodeBlock: (bytes: Uint8Array, view: DataView, start: number, end: number, emit: Channels) => void;
}

function createAdpcm({ blockBytes, channels, samplesPerBlock, decodeBlock }: AdpcmParts): BlockDecoder {
  const mix = new ChannelMix(channels);
  return {
    blockBytes,
    decode(bytes) {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const decoded = new Channels(Math.ceil(bytes.length / blockBytes) * samplesPerBlock, channels);
      for (let start = 0; start < bytes.length; start += blockBytes) {
        decodeBlock(bytes, view, start, Math.min(start + blockBytes, bytes.length), decoded);
      }
      return mix.mix(decoded.finish());
    },
  };
}
