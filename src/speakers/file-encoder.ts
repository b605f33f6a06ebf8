import { featuresOfRow, poolVector, rowSamples, type NativeEncoder } from './native-encoder.ts';

/**
 * A recording is looked at in blocks of 2 s, in rows of the encoder, together with half a second before each. Longer
 * ones cost hardly less, and the features of a moment hold a little of everything in its block.
 */
const [blockRows, contextRows] = [100, 25];
/** How long a block is, samples. */
export const blockSamples = blockRows * rowSamples;

/** Some of the samples of a recording, and how many come before them. */
export interface Stretch {
  start: number;
  samples: Float32Array;
}

/**
 * Describes the voices in windows of a recording that is not live. Since it is known how a window goes on, blocks are
 * four times as long as those of a stream, and each is looked at once, if anybody is heard in it.
 */
export class FileEncoder {
  readonly #native: NativeEncoder;
  /** The features of the latest blocks, by their number. */
  readonly #blocks = new Map<number, Float32Array>();

  constructor(native: NativeEncoder) {
    this.#native = native;
  }

  /**
   * Does what `VoiceEncoder.vectorsOf` does, for the next window.
   * @param heard begins where the first block of the window does, or earlier, and holds its last one as far as it goes
   * @param window never begins earlier than the one before
   */
  vectorsOf(heard: Stretch, window: Stretch, weights: readonly Float32Array[]): (Float32Array | undefined)[] {
    const [first, rows] = [Math.round(window.start / rowSamples), Math.floor(window.samples.length / rowSamples)];
    for (const number of this.#blocks.keys()) if (number < Math.floor(first / blockRows)) this.#blocks.delete(number);
    const features = new Float32Array(rows * featuresOfRow);
    const own = weights.map((parts) =>
      Float32Array.from({ length: rows }, (_, row) => parts[Math.floor(((row + 0.5) / rows) * parts.length)]!),
    );
    for (let row = 0; row < rows;) {
      const [number, offset] = [Math.floor((first + row) / blockRows), (first + row) % blockRows];
      const until = Math.min(rows, row + blockRows - offset);
      if (own.some((all) => all.subarray(row, until).some((weight) => weight > 0))) {
        const part = this.#block(number, heard).subarray(
          offset * featuresOfRow,
          (offset + until - row) * featuresOfRow,
        );
        features.set(part, row * featuresOfRow);
        // The last window of 25 ms of a block does not fit into it.
        for (const all of own) all.fill(0, row + part.length / featuresOfRow, until);
      }
      row = until;
    }
    return own.map((all) => poolVector(this.#native, features, all));
  }

  #block(number: number, { start, samples }: Stretch): Float32Array {
    const known = this.#blocks.get(number);
    if (known) return known;
    const from = number * blockSamples - start;
    const context = Math.min(contextRows, Math.floor(from / rowSamples));
    const all = this.#native.features(samples.subarray(from - context * rowSamples, from + blockSamples));
    const features = all.slice(context * featuresOfRow);
    this.#blocks.set(number, features);
    return features;
  }
}
