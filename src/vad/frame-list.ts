import { frameSamples, type AudioFrame } from '../types.ts';

/** A frame with its speech probability, 0–1. */
export interface JudgedFrame extends AudioFrame {
  probability: number;
}

/** Frames in a row, as they came: appending copies nothing, and any stretch can be read out by its samples. */
export class FrameList {
  readonly #frames: JudgedFrame[] = [];

  /** Where the first frame begins, in samples since the stream's start; 0 when there is none. */
  get startSample(): number {
    return this.#frames[0]?.startSample ?? 0;
  }

  /** Where the last frame ends (exclusive); 0 when there is none. */
  get endSample(): number {
    const last = this.#frames.at(-1);
    return last ? endOf(last) : 0;
  }

  push(frame: JudgedFrame): void {
    this.#frames.push(frame);
  }

  /** Drops the whole frames that lie before a sample. */
  dropBefore(sample: number): void {
    while (this.#frames.length > 0 && endOf(this.#frames[0]!) <= sample) this.#frames.shift();
  }

  /** Removes and answers what lies from a sample on. */
  cutAt(sample: number): JudgedFrame[] {
    const first = this.#frames.findIndex((frame) => endOf(frame) > sample);
    const rest = this.from(sample);
    const [straddling] = this.#frames.splice(first === -1 ? Infinity : first);
    if (straddling && straddling.startSample < sample) {
      this.#frames.push({ ...straddling, samples: straddling.samples.subarray(0, sample - straddling.startSample) });
    }
    return rest;
  }

  clear(): void {
    this.#frames.length = 0;
  }

  /** The frames from a sample on, the first one cut to begin there. */
  from(sample: number): JudgedFrame[] {
    return this.#frames
      .filter((frame) => endOf(frame) > sample)
      .map((frame) =>
        frame.startSample >= sample
          ? frame
          : { ...frame, samples: frame.samples.subarray(sample - frame.startSample), startSample: sample },
      );
  }

  /** The samples from `start` to `end` (exclusive) in one array of their own. */
  slice(start: number, end: number): Float32Array {
    const joined = new Float32Array(end - start);
    for (const { samples, startSample } of this.#frames) {
      if (startSample + samples.length <= start || startSample >= end) continue;
      joined.set(
        samples.subarray(Math.max(0, start - startSample), end - startSample),
        Math.max(0, startSample - start),
      );
    }
    return joined;
  }

  /**
   * The middle of the quietest 96 ms after a sample; of equally quiet ones the last. Three whole frames must follow it.
   */
  quietestAfter(sample: number): number {
    const frames = this.#frames.filter(({ startSample }) => startSample >= sample);
    const energies = frames.map(({ samples }) => samples.reduce((sum, value) => sum + value * value, 0));
    let quietest = 1;
    let least = Infinity;
    for (let middle = 1; middle < frames.length - 1; middle++) {
      const energy = energies[middle - 1]! + energies[middle]! + energies[middle + 1]!;
      if (energy > least) continue;
      least = energy;
      quietest = middle;
    }
    return frames[quietest]!.startSample + frameSamples / 2;
  }
}

function endOf({ startSample, samples }: AudioFrame): number {
  return startSample + samples.length;
}
