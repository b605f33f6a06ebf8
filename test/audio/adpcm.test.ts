import { describe, expect, it } from 'vitest';
import { createImaAdpcm, createMsAdpcm } from '../../src/audio/adpcm.ts';

describe('IMA ADPCM', () => {
  it('starts at the sample of the header and follows the steps', () => {
    // Start 1000, step index 16 (step 34): 7 adds 4 + 34 + 17 + 8, the step is then 73 (index 24); 8 takes 9; six zeros
    // add an eighth of smaller steps.
    const samples = createImaAdpcm(8, 1).decode(Uint8Array.of(0xe8, 0x03, 16, 0, 0x87, 0, 0, 0));
    expect([...samples].map((sample) => Math.round(sample * 32_768))).toEqual([
      1000, 1063, 1054, 1062, 1069, 1075, 1081, 1086, 1091,
    ]);
  });

  it('bounds a step index beyond its table and never leaves the range', () => {
    const samples = createImaAdpcm(8, 1).decode(Uint8Array.of(0xff, 0x7f, 255, 0, 0x77, 0x77, 0x77, 0x77));
    expect(Math.max(...samples)).toBeLessThanOrEqual(1);
  });

  it('gives less for a last block that was cut, and nothing for less than a header', () => {
    const decoder = createImaAdpcm(36, 1);
    expect([64, 44, 39, 36].map((length) => decoder.decode(new Uint8Array(length)).length)).toEqual([
      65 + 49,
      65 + 9,
      65,
      65,
    ]);
  });
});

describe('MS ADPCM', () => {
  const coefficients = [
    [256, 0],
    [512, -256],
  ] as const;

  it('starts with the two samples of the header and predicts on', () => {
    // Predictor 1, step 16, last 100, before last 90: 110 + 1 × 16, then 152 − 1 × 16.
    const samples = createMsAdpcm(8, 1, coefficients).decode(Uint8Array.of(1, 16, 0, 100, 0, 90, 0, 0x1f));
    expect([...samples].map((sample) => Math.round(sample * 32_768))).toEqual([90, 100, 126, 136]);
  });

  it('takes the last predictor for a number beyond the table', () => {
    const bytes = (predictor: number): Uint8Array => Uint8Array.of(predictor, 16, 0, 100, 0, 90, 0, 0x1f);
    expect(createMsAdpcm(8, 1, coefficients).decode(bytes(200))).toEqual(
      createMsAdpcm(8, 1, coefficients).decode(bytes(1)),
    );
  });

  it('stays finite whatever the codes', () => {
    const samples = createMsAdpcm(4096, 1, coefficients).decode(new Uint8Array(4096).fill(0x78));
    expect(samples.every((sample) => sample >= -1 && sample <= 1)).toBe(true);
  });
});
