import { createRandom } from './random.ts';

const energyFrameSamples = 2048;
const mixPeak = 0.5;

export interface NoiseOptions {
  snrDb: number;
  /** Chooses the part of the noise. It is the clip's name, so that the mix is the same in every run. */
  seed: string;
}

/**
 * Mixes speech with noise as the coffee benchmark does: `snrDb` is the ratio of the energy of the loudest 2,048-sample
 * frame of the speech to that of a random part of the noise, and the mix is scaled to a peak of 0.5. Noise that is too
 * short is repeated.
 */
export function mixNoise(speech: Float32Array, noise: Float32Array, { snrDb, seed }: NoiseOptions): Float32Array {
  const part = randomPart(noise, speech.length, createRandom(`${seed} ${snrDb}`));
  const gain = Math.sqrt(loudestEnergy(speech) / loudestEnergy(part) / 10 ** (snrDb / 10));
  const mixed = speech.map((sample, index) => sample + gain * part[index]!);
  const scale = mixPeak / mixed.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
  return mixed.map((sample) => sample * scale);
}

function randomPart(noise: Float32Array, length: number, random: () => number): Float32Array {
  const start = Math.floor(random() * (noise.length > length ? noise.length - length : noise.length));
  return Float32Array.from({ length }, (_, index) => noise[(start + index) % noise.length]!);
}

/** A last, shorter frame counts only when there is no whole frame. */
function loudestEnergy(samples: Float32Array): number {
  let loudest = 0;
  for (let start = 0; start === 0 || start + energyFrameSamples <= samples.length; start += energyFrameSamples) {
    let energy = 0;
    for (const sample of samples.subarray(start, start + energyFrameSamples)) energy += sample * sample;
    loudest = Math.max(loudest, energy);
  }
  return loudest;
}
