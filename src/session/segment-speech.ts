import { trimToSpeech } from '../speakers/index.ts';
import { frameSamples, type AudioFrame } from '../types.ts';

/** How many of the last frames are remembered: the longest segment, and what is said while it is looked at. */
const keptFrames = 2_048;

/** How surely each of the last frames of a stream is speech. Nothing is kept until the first frame comes. */
export class SpeechFrames {
  /** By the number of the frame, modulo `keptFrames`. */
  #probabilities: Float32Array | undefined;

  /** Takes the stream's next frame and its speech probability, 0–1. */
  push({ startSample }: AudioFrame, probability: number): void {
    this.#probabilities ??= new Float32Array(keptFrames);
    this.#probabilities[(startSample / frameSamples) % keptFrames] = probability;
  }

  /** The probabilities from the frame at a sample on. */
  from(sample: number, count: number): number[] {
    const first = Math.round(sample / frameSamples);
    return Array.from({ length: count }, (_, frame) => this.#probabilities?.[(first + frame) % keptFrames] ?? 0);
  }
}

/** The sound of one segment, of which only the speech is asked for. */
export class SegmentSpeech {
  readonly startSample: number;
  readonly #frames: SpeechFrames;
  readonly #parts: Float32Array[] = [];
  #length = 0;

  constructor(frames: SpeechFrames, startSample: number) {
    this.#frames = frames;
    this.startSample = startSample;
  }

  /** Where the segment ends so far, in samples of the stream. */
  get endSample(): number {
    return this.startSample + this.#length;
  }

  /** Takes what the segment goes on with. */
  append(samples: Float32Array): void {
    this.#parts.push(samples);
    this.#length += samples.length;
  }

  /**
   * Returns what is speech from one sample of the stream to another. What belongs to speech depends on what lies around
   * it, from `known.from` to `known.to`.
   */
  between(
    fromSample: number,
    endSample: number,
    known = { from: fromSample, to: endSample },
  ): Float32Array<ArrayBuffer> {
    const samples = new Float32Array(Math.max(0, endSample - fromSample));
    let at = this.startSample - fromSample;
    for (const part of this.#parts) {
      if (at + part.length > 0 && at < samples.length)
        samples.set(part.subarray(Math.max(0, -at), Math.min(part.length, samples.length - at)), Math.max(0, at));
      at += part.length;
    }
    const probabilities = this.#frames.from(known.from, Math.ceil((known.to - known.from) / frameSamples));
    return trimToSpeech(samples, probabilities, Math.round((fromSample - known.from) / frameSamples));
  }
}
