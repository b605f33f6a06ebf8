import { frameSamples, sampleRateHz } from '../types.ts';
import { Background } from './background.ts';

/**
 * The peak up to which a soft voice may be raised: −23 dBFS. Most microphones are louder than that, and then nothing is
 * raised.
 */
const targetPeak = 10 ** (-23 / 20);
/** The background is raised to this level at most, −55 dBFS: raised further, a murmur in it would pass for speech. */
const highestBackground = 10 ** (-55 / 20);
/** The remembered peak falls by 3 dB a second. */
const peakDecay = 10 ** ((-3 * (frameSamples / sampleRateHz)) / 20);
/**
 * A falling gain takes this many samples to fall, so that it is down before the loud part of its frame is over; a
 * rising gain takes the whole frame.
 */
const attackSamples = 64;

/**
 * Raises soft speech for the voice activity model, whose probabilities fall with the level. It uses only this frame and
 * earlier ones. The recogniser reads the sound as it came.
 */
export class InputGain {
  readonly #max: number;
  readonly #background = new Background();
  #gain = 1;
  #peak = 0;

  /** With `maxDb` 0 every frame stays as it is. */
  constructor(maxDb: number) {
    this.#max = 10 ** (maxDb / 20);
  }

  /** Writes the frame with its gain into `to`, which has the same length. */
  apply(frame: Float32Array, to: Float32Array): void {
    to.set(frame);
    if (this.#max === 1) return;
    const before = this.#gain;
    const gain = this.#next(frame);
    this.#gain = gain;
    if (gain === 1 && before === 1) return;
    const rampSamples = gain < before ? attackSamples : frame.length;
    const step = (gain - before) / rampSamples;
    for (let at = 0; at < rampSamples; at++) to[at]! *= before + step * at;
    for (let at = rampSamples; at < frame.length; at++) to[at]! *= gain;
  }

  #next(frame: Float32Array): number {
    let energy = 0;
    let highest = 0;
    // A single loop, because it runs for each frame of every stream.
    for (let at = 0; at < frame.length; at++) {
      const square = frame[at]! * frame[at]!;
      energy += square;
      if (square > highest) highest = square;
    }
    this.#peak = Math.max(Math.sqrt(highest), this.#peak * peakDecay);
    this.#background.push(Math.sqrt(energy / frame.length));
    return Math.max(1, Math.min(this.#max, targetPeak / this.#peak, highestBackground / this.#background.level));
  }
}
