import type { Config } from '../config/index.ts';
import { msToSamples } from '../types.ts';
import { Background, levelOf } from './background.ts';
import type { JudgedFrame } from './frame-list.ts';

/** Frames that may be speech belong together across a gap of this length: the stop before a "t", a soft syllable. */
const maxGapSamples = msToSamples(192);
/**
 * A sound that is louder than the background by this factor, 6 dB, may be speech where the model does not quite rule it
 * out.
 */
const aboveBackground = 10 ** (6 / 20);
const notRuledOut = 0.03;

/**
 * Finds where speech that is noticed now began. The model becomes sure of speech only after a while, and late when the
 * beginning is soft or noisy. So earlier frames count as speech too if the model did not take them for silence or if
 * they hold a sound, as long as no long gap separates them.
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

  /** Takes the next frame while no segment is open. */
  push(frame: JudgedFrame): void {
    const { startSample, samples, probability } = frame;
    const level = levelOf(samples);
    const isSound = probability >= notRuledOut && level >= aboveBackground * this.#background.level;
    this.#background.push(level);
    if (probability < this.#threshold && !isSound) return;
    this.#startSample = this.startBefore(startSample);
    this.#endSample = startSample + samples.length;
  }

  /** Returns where speech began if it is noticed at this sample, which is the start of the next frame. */
  startBefore(sample: number): number {
    if (sample - this.#endSample > maxGapSamples) return sample;
    return Math.max(this.#startSample, sample - this.#lookBackSamples);
  }

  /** Forgets the frames so far: none of them is the beginning of the next segment. */
  reset(): void {
    [this.#startSample, this.#endSample] = [Infinity, -Infinity];
  }
}
