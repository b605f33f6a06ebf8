import { frameSamples, samplesToMs, type AudioFrame } from '../types.ts';
import { round, type VadTrace } from './utterance-trace.ts';

/** One frame as the trace keeps it. */
interface KeptFrame {
  startSample: number;
  probability: number;
  level: number;
  /** When it had arrived and been judged, ms. */
  atMs: number;
}

/** Frames shown from before a segment: 320 ms. */
const contextSamples = 10 * frameSamples;

/** What is known of the last frames: those of the open segment, else the few that may come before the next one. */
export class RecentFrames {
  #frames: KeptFrame[] = [];

  /** Takes the next frame; `isOpen` tells whether a segment is. */
  push(
    { samples, startSample }: AudioFrame,
    { probability, atMs, isOpen }: { probability: number; atMs: number; isOpen: boolean },
  ): void {
    this.#frames.push({ startSample, probability, level: rootMeanSquare(samples), atMs });
    // The pre-roll of a segment may be longer than the context; twice as much is kept for it.
    if (!isOpen && this.#frames.length > 128) this.#frames = this.#frames.slice(-64);
  }

  /** The frames around a segment, as JSON. */
  from(startSample: number): Pick<VadTrace, 'start' | 'frame_ms' | 'probabilities' | 'levels'> {
    const frames = this.#since(startSample - contextSamples);
    return {
      start: round(samplesToMs(frames[0]?.startSample ?? startSample) / 1000, 3),
      frame_ms: samplesToMs(frameSamples),
      probabilities: frames.map(({ probability }) => round(probability, 3)),
      levels: frames.map(({ level }) => round(level, 4)),
    };
  }

  /**
   * When the speech of a segment had ended, ms: the end of the last frame that the model calls speech. A sample's time
   * is that of the frame that came with the least delay, so that audio sent in lumps or faster than spoken is timed as
   * it was spoken.
   */
  speechEndMs(startSample: number, threshold: number): number | undefined {
    const frames = this.#since(startSample);
    const last = frames.findLast(({ probability }) => probability >= threshold);
    if (!last) return undefined;
    const originMs = Math.min(...frames.map(({ startSample: at, atMs }) => atMs - samplesToMs(at + frameSamples)));
    return originMs + samplesToMs(last.startSample + frameSamples);
  }

  #since(sample: number): KeptFrame[] {
    return this.#frames.filter(({ startSample }) => startSample + frameSamples > sample);
  }
}

function rootMeanSquare(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / Math.max(1, samples.length));
}
