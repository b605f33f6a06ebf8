import { describe, expect, it } from 'vitest';
import { cleanSample, createBlockDecoder } from '../../src/audio/sample-decoder.ts';

describe('Samples', () => {
  it.each<[string, Parameters<typeof createBlockDecoder>[0], number[], number[]]>([
    ['8-bit integers', { kind: 'int', bits: 8 }, [0, 64, 128, 255], [-1, -0.5, 0, 127 / 128]],
    ['16-bit integers', { kind: 'int', bits: 16 }, [0x00, 0x80, 0xff, 0xff, 0x00, 0x40], [-1, -1 / 32_768, 0.5]],
    [
      '24-bit integers',
      { kind: 'int', bits: 24 },
      [0x00, 0x00, 0x80, 0xff, 0xff, 0xff, 0x00, 0x00, 0x40],
      [-1, -1 / 8_388_608, 0.5],
    ],
    ['32-bit integers', { kind: 'int', bits: 32 }, [0, 0, 0, 0x80, 0, 0, 0, 0x40], [-1, 0.5]],
    ['32-bit floats', { kind: 'float', bits: 32 }, [0, 0, 0, 0x3f, 0, 0, 0x80, 0xbf], [0.5, -1]],
    ['64-bit floats', { kind: 'float', bits: 64 }, [0, 0, 0, 0, 0, 0, 0xe0, 0xbf], [-0.5]],
    // The loudest and the quietest codes of both signs (ITU-T G.711, tables 1 and 2).
    ['A-law', { kind: 'alaw' }, [0xaa, 0x2a, 0xd5, 0x55], [32_256, -32_256, 8, -8].map((value) => value / 32_768)],
    ['µ-law', { kind: 'mulaw' }, [0x80, 0x00, 0xff, 0x7f], [32_124, -32_124, 0, 0].map((value) => value / 32_768)],
  ])('of %s are read', (_name, encoding, bytes, samples) => {
    const decoded = createBlockDecoder(encoding, 1).decode(Uint8Array.from(bytes));
    expect(decoded.length).toBe(samples.length);
    samples.forEach((sample, n) => expect(decoded[n]! + 0).toBeCloseTo(sample, 6));
  });

  it('of all channels become their mean', () => {
    expect([
      ...createBlockDecoder({ kind: 'int', bits: 8 }, 4).decode(Uint8Array.of(0, 128, 128, 128, 64, 64, 64, 64)),
    ]).toEqual([-0.25, -0.5]);
  });

  it.each([
    [NaN, 0],
    [Infinity, 0],
    [-Infinity, 0],
    [1.5, 1],
    [-7, -1],
    [0.25, 0.25],
  ])('of %d become %d', (value, clean) => {
    expect(cleanSample(value)).toBe(clean);
  });
});
