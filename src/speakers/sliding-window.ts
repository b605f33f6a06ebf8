/** The last sound of a stream or recording, which windows of the same length end in, one a step. */
export class SlidingWindow {
  readonly #window: Float32Array;
  readonly #step: number;
  #samples = 0;
  #sinceEnd = 0;
  #untilEnd: number;

  /** In samples: how long a window is, how far apart two of them end, and how many come until the first ends. */
  constructor({ length, step, first }: { length: number; step: number; first: number }) {
    this.#window = new Float32Array(length);
    this.#step = step;
    this.#untilEnd = first;
  }

  /** Takes the next samples; `onEnd` is called wherever a window ends. */
  push(samples: Float32Array, onEnd: () => void): void {
    for (let from = 0; from < samples.length;) {
      const part = samples.subarray(from, from + this.#untilEnd);
      this.#window.copyWithin(0, part.length);
      this.#window.set(part, this.#window.length - part.length);
      this.#samples += part.length;
      this.#sinceEnd += part.length;
      from += part.length;
      this.#untilEnd -= part.length;
      if (this.#untilEnd > 0) continue;
      [this.#untilEnd, this.#sinceEnd] = [this.#step, 0];
      onEnd();
    }
  }

  /** How many samples have come. */
  get samples(): number {
    return this.#samples;
  }

  /** Whether so many have come as a window has. */
  get isFull(): boolean {
    return this.#samples >= this.#window.length;
  }

  /** Whether samples have come since a window ended. */
  get hasRest(): boolean {
    return this.#sinceEnd > 0;
  }

  /** The window that ends here; at the beginning it is shorter, since silence would not be what was heard. */
  get heard(): Float32Array {
    return this.#window.subarray(Math.max(0, this.#window.length - this.#samples));
  }
}
