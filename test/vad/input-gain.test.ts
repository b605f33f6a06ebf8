import { describe, expect, test } from 'vitest';
import { frameSamples } from '../../src/types.ts';
import { InputGain } from '../../src/vad/input-gain.ts';

/** A tone with a given peak, dBFS. */
function tone(peakDb: number): Float32Array {
  return Float32Array.from(
    { length: frameSamples },
    (_, at) => 10 ** (peakDb / 20) * Math.sin((2 * Math.PI * at) / 32),
  );
}

/** The peaks of the output, dBFS, one for each frame. */
function peaksDb(frames: Float32Array[], maxDb = 30): number[] {
  const gain = new InputGain(maxDb);
  return frames.map((frame) => {
    const raised = new Float32Array(frame.length);
    gain.apply(frame, raised);
    return 20 * Math.log10(raised.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 1e-9));
  });
}

const times = (count: number, peakDb: number): Float32Array[] => Array.from({ length: count }, () => tone(peakDb));

describe('soft speech', () => {
  test('in silence is raised by no more than the limit', () => {
    expect(peaksDb([...times(3, -100), ...times(3, -60)]).at(-1)).toBeCloseTo(-30, 0);
  });

  test('is raised to a peak of -23 dBFS and no further', () => {
    expect(peaksDb([...times(3, -100), ...times(3, -40)]).at(-1)).toBeCloseTo(-23, 0);
  });

  test('is raised no more once its background would be louder than -55 dBFS', () => {
    // A tone's level is 3 dB below its peak.
    expect(peaksDb([...times(40, -62), ...times(3, -50)]).at(-1)).toBeCloseTo(-40, 0);
  });

  test('after a loud sound is raised again within some seconds', () => {
    const word = [...times(4, -45), ...times(4, -90)];
    const peaks = peaksDb([...times(2, -100), tone(-10), ...Array.from({ length: 60 }, () => word).flat()]);
    expect(peaks[3]).toBeCloseTo(-45, 0);
    expect(peaks.at(-5)).toBeGreaterThan(-30);
  });
});

test('speech of usual level stays as it is', () => {
  const spoken = [...times(20, -12), ...times(20, -30), ...times(20, -12)];
  const heard = peaksDb([...times(3, -100), ...spoken]).slice(4);
  expect(heard.map((peak) => Math.round(peak))).toEqual([
    ...Array<number>(19).fill(-12),
    ...Array<number>(20).fill(-30),
    ...Array<number>(20).fill(-12),
  ]);
});

test('a loud frame after silence is raised for its first 4 ms at most', () => {
  const gain = new InputGain(30);
  const raised = new Float32Array(frameSamples);
  for (const frame of [tone(-100), tone(-100)]) gain.apply(frame, raised);
  const loud = tone(-6);
  gain.apply(loud, raised);
  expect(raised.subarray(64)).toEqual(loud.subarray(64));
});

test.each([0, 30])('digital silence stays silence, with at most %i dB', (maxDb) => {
  expect(peaksDb([new Float32Array(frameSamples), new Float32Array(frameSamples)], maxDb)).toEqual([-180, -180]);
});

test('0 dB leaves every sample as it is', () => {
  expect(peaksDb([...times(3, -100), tone(-50)], 0).at(-1)).toBeCloseTo(-50, 3);
});
