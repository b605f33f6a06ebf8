/** A frame of the timeline: the segmentation model makes 293 in 5 s. */
export const frameSeconds = 5 / 293;
/** How much is kept of a stream that goes on, seconds. */
const keptSeconds = 90;
const keptFrames = Math.ceil(keptSeconds / frameSeconds);

/** Somebody speaks, seconds since the stream began. */
export interface Turn {
  speaker: number;
  start: number;
  end: number;
}

/** Who spoke how surely in the last 90 s of a stream, put together of windows that overlap each other. */
export class Timeline {
  readonly #maxSpeakers: number;
  /** By frame (modulo `keptFrames`) and speaker: the weighted activities; and by frame the weights. */
  readonly #sums: Float32Array;
  readonly #weights = new Float32Array(keptFrames);
  #endFrame = 0;

  constructor(maxSpeakers: number) {
    this.#maxSpeakers = maxSpeakers;
    this.#sums = new Float32Array(keptFrames * maxSpeakers);
  }

  /** Where the last window ended, seconds. */
  get end(): number {
    return this.#endFrame * frameSeconds;
  }

  /**
   * Adds a window. What lies in its middle counts most, because the model knows what came before and after it.
   * @param activity frames × speakers of the stream, by speaker
   */
  add(startSeconds: number, frames: number, activity: ReadonlyMap<number, Float32Array>): void {
    const start = Math.round(startSeconds / frameSeconds);
    // Between windows that were left out nobody is known to speak, and what was there 90 s before must not count.
    const unheard = Math.max(this.#endFrame, start + frames - keptFrames);
    for (let frame = unheard; frame < start + frames; frame++) this.#clear(frame);
    this.#endFrame = Math.max(this.#endFrame, start + frames);
    for (let i = 0; i < frames; i++) {
      const frame = start + i;
      if (frame < 0 || frame < this.#endFrame - keptFrames) continue;
      const weight = 0.54 - 0.46 * Math.cos((2 * Math.PI * i) / (frames - 1));
      const at = frame % keptFrames;
      this.#weights[at]! += weight;
      for (const [speaker, values] of activity) this.#sums[at * this.#maxSpeakers + speaker]! += weight * values[i]!;
    }
  }

  /** How surely a speaker speaks in a frame, 0–1. */
  activity(frame: number, speaker: number): number {
    if (frame < 0 || frame >= this.#endFrame || frame < this.#endFrame - keptFrames) return 0;
    const at = frame % keptFrames;
    const weight = this.#weights[at]!;
    return weight > 0 ? this.#sums[at * this.#maxSpeakers + speaker]! / weight : 0;
  }

  /** The turns within a part of the stream, by their start. */
  turns(startSeconds: number, endSeconds: number, speakers: number, threshold: number): Turn[] {
    const [from, to] = [startSeconds, endSeconds].map((seconds) => Math.round(seconds / frameSeconds)) as [
      number,
      number,
    ];
    const turns: Turn[] = [];
    for (let speaker = 0; speaker < speakers; speaker++) {
      let start: number | undefined;
      for (let frame = from; frame <= to; frame++) {
        const isActive = frame < to && this.activity(frame, speaker) > threshold;
        if (isActive) start ??= frame;
        else if (start !== undefined) {
          turns.push({ speaker, start: start * frameSeconds, end: frame * frameSeconds });
          start = undefined;
        }
      }
    }
    return turns.sort((a, b) => a.start - b.start || a.speaker - b.speaker);
  }

  #clear(frame: number): void {
    const at = ((frame % keptFrames) + keptFrames) % keptFrames;
    this.#weights[at] = 0;
    this.#sums.fill(0, at * this.#maxSpeakers, (at + 1) * this.#maxSpeakers);
  }
}
