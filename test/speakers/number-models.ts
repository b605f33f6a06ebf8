import { localSpeakers, type NativeModels } from '../../src/speakers/native-models.ts';
import type { EncoderStream } from '../../src/speakers/voice-encoder.ts';
import type { DiarizationOptions } from '../../src/speakers/stream-diarizer.ts';

/** diart's parameters, with which the models below are used. */
export const options: DiarizationOptions = {
  durationSeconds: 5,
  stepSeconds: 0.5,
  tauActive: 0.5,
  rhoUpdate: 0.3,
  deltaNew: 0.5,
  gamma: 3,
  beta: 10,
  maxSpeakers: 20,
};

const rate = 16_000;

/** Each sample is the number of who speaks, 1 to 3, or 0. In some windows all sound like others than they are. */
export function models(isStrange: (samples: number) => boolean = () => false): NativeModels {
  return {
    segmentation: { run, openStream: () => run },
    encoder: {
      model: 'numbers',
      sha256: '',
      dimensions: 20,
      vectorOf: () => undefined,
      vectorsOf,
      openStream,
      openFile: () => ({ vectorsOf: (_heard, { samples }, weights) => vectorsOf(samples, weights) }),
    },
  };

  function run(samples: Float32Array): Float32Array {
    const frames = Math.round((samples.length / (5 * rate)) * 293);
    const activity = new Float32Array(frames * localSpeakers);
    for (let frame = 0; frame < frames; frame++) {
      const speaker = samples[Math.floor(((frame + 0.5) / frames) * samples.length)]!;
      if (speaker > 0) activity[frame * localSpeakers + speaker - 1] = 1;
    }
    return activity;
  }

  function openStream(): EncoderStream {
    return { vectorsOf: (_start, samples, weights) => vectorsOf(samples, weights), copy: openStream };
  }

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

/** Sound in which one speaker speaks. */
export function speech(who: number, seconds: number): Float32Array {
  return new Float32Array(seconds * rate).fill(who);
}
