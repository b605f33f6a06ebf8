/** Test signals, and measurements of them. */

export interface ToneOptions {
  sampleRateHz: number;
  frequencyHz: number;
  seconds?: number;
  amplitude?: number;
}

/** A sine that is zero at time zero. */
export function tone({ sampleRateHz, frequencyHz, seconds = 0.25, amplitude = 0.5 }: ToneOptions): Float32Array {
  return Float32Array.from(
    { length: Math.round(seconds * sampleRateHz) },
    (_, n) => amplitude * Math.sin((2 * Math.PI * frequencyHz * n) / sampleRateHz),
  );
}

/** The root mean square. */
export function level(samples: ArrayLike<number>): number {
  return Math.sqrt(Array.from(samples).reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

export function toDb(ratio: number): number {
  return 20 * Math.log10(ratio);
}

/** The samples without both ends, where a filter lacks some of its neighbours. */
export function middle(samples: Float32Array): Float32Array {
  return samples.subarray(samples.length >> 2, samples.length - (samples.length >> 2));
}

export function largestDifference(first: ArrayLike<number>, second: ArrayLike<number>): number {
  let largest = first.length === second.length ? 0 : Infinity;
  for (let n = 0; n < first.length; n++) largest = Math.max(largest, Math.abs(first[n]! - second[n]!));
  return largest;
}

/** Cuts the bytes into pieces of the given lengths, used in turn. */
export function* cut(bytes: Uint8Array, lengths: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, piece = 0; at < bytes.length; piece++) {
    const length = lengths[piece % lengths.length]!;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

/** Whether two sounds are the same bit by bit. */
export function isSame(first: Float32Array, second: Float32Array): boolean {
  const bytesOf = (samples: Float32Array): Buffer =>
    Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  return bytesOf(first).equals(bytesOf(second));
}
