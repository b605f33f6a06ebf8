import { describe, expect, it } from 'vitest';
import { Resampler } from '../../src/audio/resampler.ts';
import { concatSamples } from '../../src/audio/concat-samples.ts';
import { largestDifference, level, middle, toDb, tone } from './signals.ts';

const rates = [8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 88_200, 96_000, 192_000, 44_099, 12_345];

function resample(samples: Float32Array, rateHz: number): Float32Array {
  const resampler = new Resampler(rateHz);
  return concatSamples([resampler.push(samples), resampler.end()]);
}

describe.each(rates)('From %d Hz', (rateHz) => {
  const edgeHz = 0.45 * Math.min(rateHz, 16_000);

  it('everything below 0.45 of the lower rate comes out at its level and time', () => {
    for (const share of [0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 1]) {
      const frequencyHz = share * edgeHz;
      const output = resample(tone({ sampleRateHz: rateHz, frequencyHz }), rateHz);
      const ideal = tone({ sampleRateHz: 16_000, frequencyHz, seconds: output.length / 16_000 });
      expect(Math.abs(toDb(level(middle(output)) / level(middle(ideal)))), `${frequencyHz} Hz`).toBeLessThan(0.01);
      // Compared with a sine that is zero at time zero, so that a delay of a hundredth of a sample would show.
      expect(toDb(largestDifference(middle(output), middle(ideal)) / 0.5), `${frequencyHz} Hz`).toBeLessThan(-75);
    }
  });

  it('the sound keeps its length and a constant its level', () => {
    const output = resample(new Float32Array(rateHz).fill(0.5), rateHz);
    expect(output.length).toBe(16_000);
    expect(largestDifference(middle(output), new Float32Array(8_000).fill(0.5))).toBeLessThan(1e-6);
  });
});

it.each(rates.filter((rateHz) => rateHz > 16_000))('Nothing above 8 kHz comes out of %d Hz', (rateHz) => {
  for (const share of [0, 0.003, 0.05, 0.2, 0.4, 0.6, 0.8, 0.99]) {
    const frequencyHz = 8_000 + share * (rateHz / 2 - 8_000);
    const input = tone({ sampleRateHz: rateHz, frequencyHz: frequencyHz + 0.01, amplitude: 0.9 });
    expect(toDb(level(middle(resample(input, rateHz))) / (0.9 * Math.SQRT1_2)), `${frequencyHz} Hz`).toBeLessThan(-80);
  }
});

it('A click comes out when it went in', () => {
  for (const rateHz of rates) {
    const input = new Float32Array(rateHz);
    input[Math.round(rateHz / 2)] = 1;
    const output = resample(input, rateHz);
    expect(output.indexOf(Math.max(...output)), `${rateHz} Hz`).toBeCloseTo(8_000, -0.5);
  }
});

it('Nothing is louder than 1', () => {
  const square = Float32Array.from({ length: 4_800 }, (_, n) => (Math.floor(n / 48) % 2 ? 1 : -1));
  expect(Math.max(...resample(square, 48_000).map(Math.abs))).toBe(1);
});

it('An empty stream stays empty', () => {
  expect(resample(new Float32Array(0), 44_100).length).toBe(0);
});
