import type { Config } from '../config/index.ts';
import { msToSamples } from '../types.ts';
import { Background, levelOf } from './background.ts';
import type { JudgedFrame } from './frame-list.ts';

/** Frames that may be speech belong together across so much that is not: the stop before a "t", a soft syllable. */
const maxGapSamples = msToSamples(192);
/** A sound this much louder than the background, 6 dB, may be speech where the model does not quite rule it out. */
const aboveBackground = 10 ** (6 / 20);
const notRuledOut = 0.03;

/**
 * Where speech that is noticed now began. The model is sure of speech only after a while, and of soft or noisy
 * beginnings late; so the frames before that it did not take for silence, or in which there was a sound, count as
 * speech too, as far as they hang together.
 */
export class Onset {
  readonly #threshold: number;
  readonly #lookBackSamples: number;
  readonly #background = new Background();
  #startSample = Infinity;
  #endSample = -Infinity;

  constructor({ onsetThreshold, lookBackMs }: Pick<Config['vad'], 'onsetThreshold' | 'lookBackMs'>) {
    this.#threshold = onsetThreshold;
    this.#lookBackSamples = msToSamples(lookBackMs);
  }

  /** Takes the next frame, while no segment is open. */
  push(frame: JudgedFrame): void {
    const { startSample, samples, probability } = frame;
    const level = levelOf(samples);
    const isSound = probability >= notRuledOut && level >= aboveBackground * this.#background.level;
    this.#background.push(level);
    if (probability < this.#threshold && !isSound) return;
    this.#startSample = this.startBefore(startSample);
    this.#endSample = startSample + samples.length;
  }

  /** Where speech would have begun that is noticed at a sample, the start of the next frame. */
  startBefore(sample: number): number {
    if (sample - this.#endSample > maxGapSamples) return sample;
    return Math.max(this.#startSample, sample - this.#lookBackSamples);
  }

  /** What was heard so far is no beginning of anything. */
  reset(): void {
    [this.#startSample, this.#endSample] = [Infinity, -Infinity];
  }
}
