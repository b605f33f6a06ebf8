import { describe, expect, test } from 'vitest';
import { melFilters, spectrumBins } from '../../src/models/mel-filters.ts';

/** Computed with librosa.filters.mel(sr=16000, n_fft=400, n_mels=80): row, column, value. */
const librosa: [number, number, number][] = [
  [0, 1, 0.02486259490251541],
  [1, 1, 0.001990821911022067],
  [1, 2, 0.022871771827340126],
  [5, 5, 0.009954108856618404],
  [79, 186, 0.000366741674952209],
  [79, 192, 0.0031647118739783764],
  [79, 193, 0.003141313325613737],
  [79, 199, 0.0004487590049393475],
  [10, 12, 0],
  [40, 50, 0],
  [79, 200, 0],
];

describe('melFilters', () => {
  test.each(librosa)('has at %d, %d exactly the number of librosa', (row, column, value) => {
    expect(melFilters(80)[row * spectrumBins + column]).toBe(value);
  });

  test.each([80, 128])('makes %d triangles of about unit area', (bins) => {
    const filters = melFilters(bins);
    expect(filters).toHaveLength(bins * spectrumBins);
    const wideRow = filters.subarray((bins - 5) * spectrumBins, (bins - 4) * spectrumBins);
    expect(wideRow.reduce((sum, value) => sum + value * 40, 0)).toBeCloseTo(1, 1);
    expect(filters.every((value) => value >= 0)).toBe(true);
  });
});
