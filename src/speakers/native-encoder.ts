/** The encoder of voices in the addon. */
export interface NativeEncoder {
  /** Samples at 16 kHz → rows of 512 features, one every 20 ms. */
  features(samples: Float32Array): Float32Array;
  /** Features, and how much each row counts → 192 numbers of length 1; zeros where no row counts. */
  pool(features: Float32Array, weights: Float32Array): Float32Array;
}

/** The features of a row, and the time from one row to the next, samples. */
export const [featuresOfRow, rowSamples] = [512, 320];
/** The fewest rows that say anything of a voice. */
const minRows = 5;

/** The vector of the rows in which a voice is heard; undefined where there are too few. */
export function poolVector(
  native: NativeEncoder,
  features: Float32Array,
  weights: Float32Array,
): Float32Array | undefined {
  if (weights.reduce((sum, weight) => sum + weight, 0) < minRows) return undefined;
  const vector = native.pool(features, weights);
  return vector.some((value) => value !== 0) ? vector : undefined;
}
