/** The stretch after which it is decided anew how the channels are mixed, in samples of each channel. */
const windowSamples = 256;

/** The share of its weight that a window keeps when the next one has been heard: loud speech counts for a second. */
const keptShare = 0.98;

/**
 * The power of the mean of n channels, as a multiple of what n unrelated channels have: n when all are alike, 1 when
 * they have nothing in common or when only one sounds, and 0 when they cancel each other. Below the first value the
 * mean is no longer used, above the second one it is used again.
 */
const agreement = { cancelling: 0.1, fine: 0.4 };

/** A chosen channel stays chosen until another one is this much more powerful, as a ratio. */
const muchLouder = 10;

/**
 * Mixes the channels of one stream down to mono: their mean, unless they cancel each other, as they do when one of two
 * microphones is wired the wrong way round. Then the most powerful channel alone is used. The result does not depend on
 * how the stream is cut.
 */
export class ChannelMix {
  readonly #count: number;
  readonly #power: Float64Array;
  readonly #windowPower: Float64Array;
  #meanPower = 0;
  #windowMeanPower = 0;
  #at = 0;
  /** The channel that is used alone, and the one before it, which fades out within a window; -1 is the mean. */
  #chosen = -1;
  #before = -1;

  constructor(channels: number) {
    this.#count = channels;
    this.#power = new Float64Array(channels);
    this.#windowPower = new Float64Array(channels);
  }

  /** Takes the next samples of every channel, which are equally many, and returns as many mono samples. */
  mix(channels: readonly Float32Array[]): Float32Array {
    const [first] = channels;
    if (!first || this.#count === 1) return first ?? new Float32Array(0);
    const mono = new Float32Array(first.length);
    for (let index = 0; index < mono.length; index++) {
      let sum = 0;
      for (let channel = 0; channel < this.#count; channel++) {
        const sample = channels[channel]![index]!;
        sum += sample;
        this.#windowPower[channel]! += sample * sample;
      }
      const mean = sum / this.#count;
      this.#windowMeanPower += mean * mean;
      const [now, before] = [this.#chosen, this.#before].map((chosen) =>
        chosen < 0 ? mean : channels[chosen]![index]!,
      ) as [number, number];
      mono[index] = now === before ? now : before + ((now - before) * this.#at) / windowSamples;
      if (++this.#at === windowSamples) this.#decide();
    }
    return mono;
  }

  #decide(): void {
    let all = 0;
    let loudest = 0;
    for (let channel = 0; channel < this.#count; channel++) {
      const power = keptShare * this.#power[channel]! + this.#windowPower[channel]!;
      this.#power[channel] = power;
      all += power;
      if (power > this.#power[loudest]!) loudest = channel;
    }
    this.#meanPower = keptShare * this.#meanPower + this.#windowMeanPower;
    this.#windowPower.fill(0);
    this.#windowMeanPower = 0;
    this.#at = 0;
    this.#before = this.#chosen;
    if (all === 0) return;
    const share = (this.#meanPower * this.#count ** 2) / all;
    if (share > agreement.fine) this.#chosen = -1;
    else if (this.#chosen < 0 ? share < agreement.cancelling : this.#isFainter(this.#chosen, loudest))
      this.#chosen = loudest;
  }

  #isFainter(chosen: number, loudest: number): boolean {
    return this.#power[loudest]! > muchLouder * this.#power[chosen]!;
  }
}
