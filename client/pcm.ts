/** The quietest sound that the level shows, dBFS. */
const floorDb = -60;

/** Encodes samples of −1…1 as signed 16-bit little-endian bytes; louder ones are clipped. */
export function toPcm16(samples: Float32Array): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(samples.length * 2));
  samples.forEach((sample, index) => {
    const clipped = Math.max(-1, Math.min(1, sample));
    view.setInt16(index * 2, Math.round(clipped < 0 ? clipped * 0x8000 : clipped * 0x7fff), true);
  });
  return view.buffer;
}

/** Returns how loud samples look on the level: 0 at −60 dBFS and below, 1 at full scale. */
export function loudness(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
  if (power === 0) return 0;
  return Math.max(0, Math.min(1, 1 - (10 * Math.log10(power)) / floorDb));
}

/** Collects any number of samples into frames of one length. */
export class FrameCollector {
  readonly #frame: Float32Array;
  readonly #onFrame: (frame: Float32Array) => void;
  #filled = 0;

  /** `onFrame` gets the same memory each time, so it must read the array at once. */
  constructor(frameSamples: number, onFrame: (frame: Float32Array) => void) {
    this.#frame = new Float32Array(frameSamples);
    this.#onFrame = onFrame;
  }

  /** Passes on the rest, which is shorter than a frame. */
  flush(): void {
    if (this.#filled > 0) this.#onFrame(this.#frame.subarray(0, this.#filled));
    this.#filled = 0;
  }

  push(samples: Float32Array): void {
    for (let at = 0; at < samples.length;) {
      const part = samples.subarray(at, at + this.#frame.length - this.#filled);
      this.#frame.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled < this.#frame.length) return;
      this.#filled = 0;
      this.#onFrame(this.#frame);
    }
  }
}

/** Returns the mean of all channels; a single channel is returned as it is. */
export function mixDown(channels: Float32Array[]): Float32Array {
  const [first = new Float32Array(0), ...others] = channels;
  if (others.length === 0) return first;
  return first.map(
    (sample, index) => others.reduce((sum, channel) => sum + (channel[index] ?? 0), sample) / channels.length,
  );
}
