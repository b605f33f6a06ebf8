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
  let energy = 0;
  for (let at = 0; at < samples.length; at++) energy += samples[at]! * samples[at]!;
  return Math.sqrt(energy / Math.max(1, samples.length));
}
