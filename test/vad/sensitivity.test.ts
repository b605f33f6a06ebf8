import { expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/index.ts';
import { FrameVerdict } from '../../src/vad/frame-verdict.ts';
import { withSensitivity } from '../../src/vad/index.ts';

const { vad } = defaultConfig;

test.each([
  [0, 0.8, 0.6],
  [0.25, 0.7, 0.525],
  [0.5, 0.6, 0.45],
  [0.75, 0.48, 0.36],
  [1, 0.36, 0.27],
])('sensitivity %f notices speech from %f and silence below %f', (sensitivity, positive, negative) => {
  const { positiveThreshold, negativeThreshold, ...others } = withSensitivity(vad, sensitivity);
  expect(positiveThreshold).toBeCloseTo(positive);
  expect(negativeThreshold).toBeCloseTo(negative);
  const { positiveThreshold: _, negativeThreshold: __, ...unchanged } = vad;
  expect(others).toEqual(unchanged);
});

test('half is exactly what the options say, and so is none', () => {
  expect(withSensitivity(vad, 0.5)).toEqual(vad);
  expect(withSensitivity(vad)).toEqual(vad);
});

test.each([0, 0.5, 1])("at sensitivity %f, vad-node's verdicts are on the right side of both thresholds", async (s) => {
  const { positiveThreshold, negativeThreshold } = withSensitivity(vad, s);
  const verdict = new FrameVerdict(vad);
  expect(await verdict.judge(0.59)).toBeLessThan(negativeThreshold);
  expect(await verdict.judge(0.61)).toBeGreaterThanOrEqual(positiveThreshold);
});

test.each([
  [0, 0],
  [1, 1],
  [0.2, 0.9],
])('thresholds of %f and %f stay between 0 and 1', (positiveThreshold, negativeThreshold) => {
  for (const sensitivity of [0, 0.3, 0.5, 0.7, 1]) {
    const changed = withSensitivity({ ...vad, positiveThreshold, negativeThreshold }, sensitivity);
    for (const threshold of [changed.positiveThreshold, changed.negativeThreshold]) {
      expect(threshold).toBeGreaterThanOrEqual(0);
      expect(threshold).toBeLessThanOrEqual(1);
    }
  }
});
