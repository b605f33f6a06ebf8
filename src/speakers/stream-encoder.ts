import { featuresOfRow, poolVector, rowSamples, type NativeEncoder } from './native-encoder.ts';

/** How much of what precedes a block is looked at together with it, in rows of the encoder: half a second. */
const contextRows = 25;

/** The features of a block, as far as it was heard when it was looked at. */
interface Block {
  features: Float32Array;
  isWhole: boolean;
}

/**
 * Describes the voices in windows of one stream. They overlap, so each block is looked at once, when somebody whose
 * vector is wanted is first heard in it, and not again in each of the windows that it is in.
 */
export class StreamEncoder {
  readonly #native: NativeEncoder;
  readonly #blockRows: number;
  readonly #blocks: Map<number, Block>;

  /** @param blockRows how long a block is, in rows of the encoder */
  constructor(native: NativeEncoder, blockRows: number, blocks: ReadonlyMap<number, Block> = new Map()) {
    this.#native = native;
    this.#blockRows = blockRows;
    this.#blocks = new Map(blocks);
  }

  /** Returns an encoder that knows what this one does. What it looks at is not known to this one. */
  copy(): StreamEncoder {
    return new StreamEncoder(this.#native, this.#blockRows, this.#blocks);
  }

  /**
   * Does what `VoiceEncoder.vectorsOf` does, for the next window.
   * @param start where the samples begin in the stream, samples; never earlier than those of the window before
   */
  vectorsOf(start: number, samples: Float32Array, weights: readonly Float32Array[]): (Float32Array | undefined)[] {
    const blockRows = this.#blockRows;
    const blockSamples = blockRows * rowSamples;
    const first = Math.ceil(start / blockSamples);
    for (const number of this.#blocks.keys()) if (number < first) this.#blocks.delete(number);
    const count = Math.max(0, Math.ceil((start + samples.length) / blockSamples) - first);
    const features = new Float32Array(count * blockRows * featuresOfRow);
    const own = weights.map(() => new Float32Array(count * blockRows));
    for (let i = 0; i < count; i++) {
      const from = (first + i) * blockSamples - start;
      const rows = Math.min(blockRows, Math.ceil((samples.length - from) / rowSamples - 0.5));
      for (const [voice, parts] of weights.entries())
        for (let row = 0; row < rows; row++) {
          const at = (from + (row + 0.5) * rowSamples) / samples.length;
          own[voice]![i * blockRows + row] = parts[Math.floor(at * parts.length)]!;
        }
      const place = i * blockRows;
      if (!own.some((all) => all.subarray(place, place + blockRows).some((weight) => weight > 0))) continue;
      const block = this.#block(first + i, from, samples);
      features.set(block, place * featuresOfRow);
      // The last window of 25 ms of a block does not fit into it.
      for (const all of own) all.fill(0, place + block.length / featuresOfRow, place + blockRows);
    }
    return own.map((all) => poolVector(this.#native, features, all));
  }

  #block(number: number, from: number, samples: Float32Array): Float32Array {
    const known = this.#blocks.get(number);
    if (known?.isWhole) return known.features;
    const context = Math.min(Math.floor(from / rowSamples), contextRows);
    const whole = from + this.#blockRows * rowSamples;
    const end = Math.min(samples.length, whole);
    const all = this.#native.features(samples.subarray(from - context * rowSamples, end));
    const features = all.slice(context * featuresOfRow);
    this.#blocks.set(number, { features, isWhole: end === whole });
    return features;
  }
}
