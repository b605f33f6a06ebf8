/** The frames of one window: 1 s. */
const windowFrames = 31;

/**
 * Measures how loud it is when nobody speaks: the level of the quietest frame of the last 1 to 2 s. Even while somebody
 * speaks, some frame falls between two words.
 */
export class Background {
  #frames = 0;
  #quietest = Infinity;
  #quietestBefore = Infinity;

  /** The mean amplitude; infinite before the first frame. */
  get level(): number {
    return Math.min(this.#quietest, this.#quietestBefore);
  }

  /** Takes the next frame's mean amplitude. */
  push(level: number): void {
    if (this.#frames++ === windowFrames)
      [this.#quietestBefore, this.#quietest, this.#frames] = [this.#quietest, Infinity, 1];
    this.#quietest = Math.min(this.#quietest, level);
  }
}

/** Returns the level of samples: the root of their mean square. */
export function levelOf(samples: Float32Array): number {
  // Four sums, because each addition would wait for the one before, for each frame of every stream.
  let [first, second, third, fourth] = [0, 0, 0, 0];
  const wholeEnd = samples.length - (samples.length % 4);
  for (let at = 0; at < wholeEnd; at += 4) {
    first += samples[at]! * samples[at]!;
    second += samples[at + 1]! * samples[at + 1]!;
    third += samples[at + 2]! * samples[at + 2]!;
    fourth += samples[at + 3]! * samples[at + 3]!;
  }
  for (let at = wholeEnd; at < samples.length; at++) first += samples[at]! * samples[at]!;
  return Math.sqrt((first + second + third + fourth) / Math.max(1, samples.length));
}
