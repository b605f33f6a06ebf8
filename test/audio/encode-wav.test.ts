import { expect, it } from 'vitest';
import { createAudioDecoder } from '../../src/audio/audio-decoder.ts';
import { encodeWav } from '../../src/audio/encode-wav.ts';
import { largestDifference, tone } from './signals.ts';
import { bytes, formatChunk } from './wav-file.ts';

it('A WAV file holds what was put in', () => {
  const samples = tone({ sampleRateHz: 16_000, frequencyHz: 440, amplitude: 0.99 });
  const decoder = createAudioDecoder({ encoding: 'wav' });
  expect(largestDifference(decoder.push(encodeWav(samples)), samples)).toBeLessThan(1 / 32_768);
});

it('It is 16-bit mono at 16 kHz, and says how long it is', () => {
  const file = encodeWav(new Float32Array(5));
  expect([...file.subarray(0, 44)]).toEqual([
    ...bytes('RIFF', [46, 0, 0, 0], 'WAVE', formatChunk({}), 'data', [10, 0, 0, 0]),
  ]);
  expect(file.length).toBe(54);
});

it('What is too loud or no number is clipped', () => {
  const view = new DataView(encodeWav(Float32Array.of(2, -2, NaN)).buffer);
  expect([44, 46, 48].map((at) => view.getInt16(at, true))).toEqual([32_767, -32_768, 0]);
});
