import { expect, test } from 'vitest';
import { SpeechDescriber } from '../../../src/speakers/known/speech-describer.ts';
import { CamEncoder } from '../../../src/speakers/voice-encoder.ts';
import { sampleRateHz } from '../../../src/types.ts';

/**
 * Models whose vectors hold the mean of all samples, and that hear a second voice wherever samples are negative. They
 * remember how many seconds each was asked to look at.
 */
function models() {
  const looked = { encoder: [] as number[], segmentation: [] as number[] };
  const encoder = new CamEncoder({
    features: (samples) => {
      looked.encoder.push(samples.length / sampleRateHz);
      const rows = Math.max(0, Math.floor((samples.length - 80) / 320));
      return Float32Array.from({ length: rows * 512 }, (_, at) => samples[Math.floor(at / 512) * 320]!);
    },
    pool: (features, weights) => {
      const sum = weights.reduce((total, weight) => total + weight, 0);
      return Float32Array.of(weights.reduce((total, weight, row) => total + weight * features[row * 512]!, 0) / sum);
    },
  });
  const run = (samples: Float32Array): Float32Array => {
    looked.segmentation.push(samples.length / sampleRateHz);
    const frames = samples.length / 160;
    return Float32Array.from({ length: frames * 3 }, (_, at) => {
      const isSecond = samples[Math.floor(at / 3) * 160]! < 0;
      return at % 3 === 0 || (at % 3 === 1 && isSecond) ? 1 : 0;
    });
  };
  return { looked, models: { encoder, segmentation: { run, openStream: () => run } } };
}

function speech(value: number, seconds: number): Float32Array {
  return new Float32Array(Math.round(seconds * sampleRateHz)).fill(value);
}

test('what is said bit by bit is described as all of it', () => {
  const { models: used, looked } = models();
  const describer = new SpeechDescriber(used);
  for (let i = 0; i < 56; i++) describer.push(speech(i < 28 ? 1 : 3, 0.125));
  expect(looked).toEqual({ encoder: [2, 2.5, 2.5], segmentation: [5] });
  const { vector, othersSeconds } = describer.describe(speech(-1, 0.5));
  expect(looked).toEqual({ encoder: [2, 2.5, 2.5, 2], segmentation: [5, 5] });
  expect(vector![0]).toBeCloseTo((3.5 + 3 * 3.5 - 0.5) / 7.5, 1);
  expect(othersSeconds).toBeCloseTo(0.5, 5);
});

test('a rest that was asked about is not kept, since other speech may follow', () => {
  const { models: used } = models();
  const describer = new SpeechDescriber(used);
  describer.push(speech(1, 1.5));
  expect(describer.describe(speech(-9, 0.75)).othersSeconds).toBeCloseTo(0.75, 5);
  describer.push(speech(1, 0.75));
  const { vector, othersSeconds } = describer.describe(new Float32Array(0));
  expect(vector![0]).toBeCloseTo(1, 5);
  expect(othersSeconds).toBe(0);
});

test('speech of less than two seconds is looked at as a whole, when somebody asks', () => {
  const { models: used, looked } = models();
  const describer = new SpeechDescriber(used);
  for (let i = 0; i < 7; i++) describer.push(speech(1, 0.25));
  expect(looked).toEqual({ encoder: [], segmentation: [] });
  expect(describer.describe(speech(1, 0.1)).vector![0]).toBeCloseTo(1, 5);
  expect(looked).toEqual({ encoder: [1.85], segmentation: [1.85] });
});

test('of hardly any speech, nothing can be told', () => {
  expect(new SpeechDescriber(models().models).describe(speech(1, 0.05)).vector).toBeUndefined();
});
