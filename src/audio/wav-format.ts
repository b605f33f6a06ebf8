import { HeedError } from '../errors.ts';
import { maxChannels, maxSampleRateHz, minSampleRateHz } from './limits.ts';
import type { SampleEncoding } from './sample-decoder.ts';

/** The contents of a WAV file's `fmt ` chunk. */
export interface WavFormat {
  encoding: SampleEncoding;
  channels: number;
  sampleRateHz: number;
}

const extensibleTag = 0xfffe;

const otherTags: Record<number, string> = {
  0x31: 'GSM 6.10',
  0x50: 'MPEG',
  0x55: 'MP3',
  0xff: 'AAC',
  0x161: 'WMA',
  0x162: 'WMA',
};

/** The seven predictors with which the table of every MS ADPCM file starts. */
const msCoefficients = [
  [256, 0],
  [512, -256],
  [0, 0],
  [192, 64],
  [240, 0],
  [460, -208],
  [392, -232],
] as const;

/**
 * Reads the body of a `fmt ` chunk.
 * @throws HeedError `bad-audio` when the sound is stored in a way that cannot be read
 */
export function parseWavFormat(bytes: Uint8Array): WavFormat {
  if (bytes.length < 14)
    throw badWav(`a format chunk of at least 16 bytes was expected, but ${bytes.length} came`, 'The file is damaged.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let tag = view.getUint16(0, true);
  // The identifier of the sub-format begins with the plain format tag.
  if (tag === extensibleTag && bytes.length >= 26) tag = view.getUint16(24, true);
  const channels = view.getUint16(2, true);
  const sampleRateHz = view.getUint32(4, true);
  const blockBytes = view.getUint16(12, true);
  const declaredBits = bytes.length >= 16 ? view.getUint16(14, true) : 8;
  if (channels < 1 || channels > maxChannels) {
    throw badWav(
      `1 to ${maxChannels} channels were expected, but the header says ${channels}`,
      'Mix it down to mono or stereo.',
    );
  }
  if (sampleRateHz < minSampleRateHz || sampleRateHz > maxSampleRateHz) {
    throw badWav(
      `a sample rate of ${minSampleRateHz} to ${maxSampleRateHz} Hz was expected, but the header says ${sampleRateHz}`,
      'Resample it.',
    );
  }
  const encoding = findEncoding({ tag, channels, blockBytes, declaredBits, coefficients: readCoefficients(view) });
  return { encoding, channels, sampleRateHz };
}

interface FormatFields {
  tag: number;
  channels: number;
  blockBytes: number;
  declaredBits: number;
  coefficients: readonly (readonly [number, number])[];
}

function findEncoding({ tag, channels, blockBytes, declaredBits, coefficients }: FormatFields): SampleEncoding {
  // A sample of 12 or 20 bits is stored left-aligned in whole bytes.
  const bits =
    blockBytes > 0 && blockBytes % channels === 0 ? (blockBytes / channels) * 8 : Math.ceil(declaredBits / 8) * 8;
  switch (tag) {
    case 1:
      if (bits === 8 || bits === 16 || bits === 24 || bits === 32) return { kind: 'int', bits };
      throw badWav(`integer samples of 8, 16, 24 or 32 bits were expected, but ${bits} came`, 'Convert it to 16 bits.');
    case 3:
      if (bits === 32 || bits === 64) return { kind: 'float', bits };
      throw badWav(`float samples of 32 or 64 bits were expected, but ${bits} came`, 'Convert it to 16-bit integers.');
    case 6:
      return { kind: 'alaw' };
    case 7:
      return { kind: 'mulaw' };
    case 2:
      if (blockBytes >= 7 * channels && channels <= 2) return { kind: 'ms-adpcm', blockBytes, coefficients };
      throw badWav(
        `MS ADPCM of 1 or 2 channels was expected, but ${channels} with blocks of ${blockBytes} bytes came`,
        'Convert it to 16-bit PCM.',
      );
    case 0x11:
      if (blockBytes >= 4 * channels && declaredBits === 4) return { kind: 'ima-adpcm', blockBytes };
      throw badWav(
        `IMA ADPCM of 4 bits was expected, but ${declaredBits} bits in blocks of ${blockBytes} bytes came`,
        'Convert it to 16-bit PCM.',
      );
    default:
      throw badWav(
        `PCM, float, A-law, µ-law or ADPCM was expected, but ${otherTags[tag] ?? `format 0x${tag.toString(16)}`} came`,
        'Convert it to 16-bit PCM.',
      );
  }
}

function readCoefficients(view: DataView): readonly (readonly [number, number])[] {
  if (view.byteLength < 22) return msCoefficients;
  const count = view.getUint16(20, true);
  if (count === 0 || 22 + count * 4 > view.byteLength) return msCoefficients;
  return Array.from(
    { length: count },
    (_, index) => [view.getInt16(22 + index * 4, true), view.getInt16(24 + index * 4, true)] as const,
  );
}

/** Makes a `bad-audio` error about a WAV file: what was expected and what came, then the fix. */
export function badWav(problem: string, fix: string): HeedError {
  return new HeedError('bad-audio', `The WAV audio cannot be read: ${problem}. ${fix}`);
}
