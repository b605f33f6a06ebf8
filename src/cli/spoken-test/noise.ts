/** Pink noise, which falls off by 3 dB an octave as most rooms' noise does; the same for each seed. */
export function pinkNoise(length: number, seed: number): Float32Array {
  let state = seed >>> 0;
  const white = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
  // Three leaky sums of white noise, after Paul Kellet's economy filter (https://www.firstpr.com.au/dsp/pink-noise/).
  let [slow, middle, fast] = [0, 0, 0];
  return Float32Array.from({ length }, () => {
    const now = white();
    slow = 0.997_65 * slow + now * 0.099_046;
    middle = 0.963 * middle + now * 0.296_516_4;
    fast = 0.57 * fast + now * 1.052_691_3;
    return slow + middle + fast + now * 0.1848;
  });
}

/** Adds noise to speech so that the mean power of the speech over that of the noise is `snrDb`, at a peak of 0.5. */
export function mixNoise(speech: Float32Array, noise: Float32Array, snrDb: number): Float32Array {
  const gain = Math.sqrt(powerOf(speech) / Math.max(powerOf(noise), Number.MIN_VALUE) / 10 ** (snrDb / 10));
  const mixed = speech.map((sample, at) => sample + gain * noise[at % noise.length]!);
  const peak = mixed.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return peak === 0 ? mixed : mixed.map((sample) => (sample * 0.5) / peak);
}

/** The mean power of a signal without its silence, which a synthesizer puts around a sentence. */
function powerOf(samples: Float32Array): number {
  const loud = samples.filter((sample) => Math.abs(sample) > 1e-3);
  return loud.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, loud.length);
}
