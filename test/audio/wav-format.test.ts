import { describe, expect, it } from 'vitest';
import { parseWavFormat } from '../../src/audio/wav-format.ts';
import { formatChunk, uint16, bytes, type WavParts } from './wav-file.ts';

/** Reads the body of a format chunk. */
function parse(parts: Omit<WavParts, 'sound'>): ReturnType<typeof parseWavFormat> {
  return parseWavFormat(formatChunk(parts).subarray(8));
}

describe('A format chunk', () => {
  it.each<[string, Omit<WavParts, 'sound'>, ReturnType<typeof parseWavFormat>['encoding']]>([
    ['plain', { bits: 24, channels: 2 }, { kind: 'int', bits: 24 }],
    ['extensible', { isExtensible: true, bits: 32, tag: 3, channels: 6 }, { kind: 'float', bits: 32 }],
    ['of 20 bits in three bytes', { isExtensible: true, bits: 20, blockBytes: 3 }, { kind: 'int', bits: 24 }],
    ['of 12 bits', { bits: 12, blockBytes: 2 }, { kind: 'int', bits: 16 }],
    ['without a block length', { bits: 16, blockBytes: 0 }, { kind: 'int', bits: 16 }],
    ['of A-law', { tag: 6, bits: 8 }, { kind: 'alaw' }],
    ['of µ-law that claims 16 bits', { tag: 7, bits: 16, blockBytes: 1 }, { kind: 'mulaw' }],
    ['of IMA ADPCM', { tag: 0x11, bits: 4, blockBytes: 512 }, { kind: 'ima-adpcm', blockBytes: 512 }],
    [
      'of MS ADPCM with own coefficients',
      { tag: 2, bits: 4, blockBytes: 256, extension: bytes(uint16(500), uint16(1), uint16(300), uint16(-100)) },
      { kind: 'ms-adpcm', blockBytes: 256, coefficients: [[300, -100]] },
    ],
  ])('%s is read', (_name, parts, encoding) => {
    expect(parse(parts)).toEqual({ encoding, channels: parts.channels ?? 1, sampleRateHz: 16_000 });
  });

  it('of MS ADPCM without coefficients gets the usual seven', () => {
    expect(parse({ tag: 2, bits: 4, blockBytes: 256 }).encoding).toMatchObject({ coefficients: { length: 7 } });
  });

  it.each<[string, Omit<WavParts, 'sound'>, RegExp]>([
    ['MP3 inside WAV', { tag: 0x55 }, /MP3 came/],
    ['an unknown format', { tag: 0x1234 }, /format 0x1234 came/],
    ['no channels', { channels: 0 }, /header says 0/],
    ['too many channels', { channels: 65 }, /header says 65/],
    ['no sample rate', { sampleRateHz: 0 }, /header says 0/],
    ['too high a rate', { sampleRateHz: 1_000_000 }, /header says 1000000/],
    ['integers of 40 bits', { bits: 40 }, /40 came/],
    ['floats of 16 bits', { tag: 3, bits: 16 }, /16 came/],
    ['IMA ADPCM of 3 bits', { tag: 0x11, bits: 3, blockBytes: 512 }, /3 bits in blocks of 512/],
    ['MS ADPCM with blocks too short', { tag: 2, bits: 4, blockBytes: 6 }, /blocks of 6 bytes/],
    ['MS ADPCM of 3 channels', { tag: 2, bits: 4, channels: 3, blockBytes: 600 }, /3 with blocks/],
  ])('with %s is refused', (_name, parts, message) => {
    expect(() => parse(parts)).toThrow(
      expect.objectContaining({ code: 'bad-audio', message: expect.stringMatching(message) }),
    );
  });

  it('that is too short is refused', () => {
    expect(() => parseWavFormat(new Uint8Array(13))).toThrow(expect.objectContaining({ code: 'bad-audio' }));
  });
});
