import { expect, test } from 'vitest';
import { localSpeakers, type NativeModels } from '../../src/speakers/native-models.ts';
import { StreamDiarizer, type DiarizationOptions } from '../../src/speakers/stream-diarizer.ts';

const rate = 16_000;
const options: DiarizationOptions = {
  durationSeconds: 5,
  stepSeconds: 0.5,
  tauActive: 0.5,
  rhoUpdate: 0.3,
  deltaNew: 0.5,
  gamma: 3,
  beta: 10,
  maxSpeakers: 20,
};

/** Each sample is the number of who speaks, 1 to 3, or 0. In some windows all sound like others than they are. */
function models(isStrange: (samples: number) => boolean = () => false): NativeModels {
  return {
    segmentation: {
      run: (samples) => {
        const frames = Math.round((samples.length / (5 * rate)) * 293);
        const activity = new Float32Array(frames * localSpeakers);
        for (let frame = 0; frame < frames; frame++) {
          const speaker = samples[Math.floor(((frame + 0.5) / frames) * samples.length)]!;
          if (speaker > 0) activity[frame * localSpeakers + speaker - 1] = 1;
        }
        return activity;
      },
    },
    encoder: {
      model: 'numbers',
      sha256: '',
      dimensions: 20,
      vectorOf: () => undefined,
      vectorsOf,
      openStream: () => ({ vectorsOf: (_start, samples, weights) => vectorsOf(samples, weights) }),
    },
  };

  function vectorsOf(samples: Float32Array, weights: readonly Float32Array[]): (Float32Array | undefined)[] {
    return weights.map((parts) => {
      const heard = [...parts.keys()].filter((part) => parts[part]! > 0);
      const middle = ((heard[heard.length >> 1] ?? 0) + 0.5) / parts.length;
      const vector = new Float32Array(20);
      vector[samples[Math.floor(middle * samples.length)]! + (isStrange(samples.length) ? 10 : 0)] = 1;
      return heard.length > 0 ? vector : undefined;
    });
  }
}

function speech(who: number, seconds: number): Float32Array {
  return new Float32Array(seconds * rate).fill(who);
}

function heardIn(diarizer: StreamDiarizer, samples: Float32Array): number[] {
  return [...new Set(diarizer.push(samples).flatMap(({ speakers }) => speakers))];
}

test('a number that was given in the first seconds, by mistake, is never given to somebody else', () => {
  const diarizer = new StreamDiarizer(
    models((samples) => samples > 3 * rate && samples < 4 * rate),
    options,
  );
  expect(heardIn(diarizer, speech(1, 4.5))).toEqual([0, 1]);
  expect(heardIn(diarizer, speech(1, 3))).toEqual([0]);
  diarizer.push(speech(2, 4));
  expect(heardIn(diarizer, speech(2, 4))).toEqual([2]);
});

test('a voice keeps its number over a first whole window in which nobody speaks', () => {
  const diarizer = new StreamDiarizer(models(), options);
  expect(heardIn(diarizer, speech(1, 2))).toEqual([0]);
  diarizer.push(speech(0, 6), { isLate: true });
  expect(heardIn(diarizer, speech(0, 1))).toEqual([]);
  diarizer.push(speech(1, 1));
  expect(heardIn(diarizer, speech(1, 2))).toEqual([0]);
});

test('with a limit of one voice, all are one', () => {
  const diarizer = new StreamDiarizer(models(), { ...options, maxSpeakers: 1 });
  expect(heardIn(diarizer, speech(1, 6))).toEqual([0]);
  diarizer.push(speech(2, 6));
  expect(heardIn(diarizer, speech(3, 6))).toEqual([0]);
  expect(diarizer.who(12, 18).turns.map(({ speaker }) => speaker)).toEqual([0]);
});
