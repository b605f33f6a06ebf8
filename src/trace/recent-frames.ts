import { frameSamples, samplesToMs, type AudioFrame } from '../types.ts';
import { levelOf } from '../vad/background.ts';
import { round, type VadTrace } from './utterance-trace.ts';

/** One frame as the trace keeps it. */
interface KeptFrame {
  startSample: number;
  probability: number;
  level: number;
  /** When the frame had arrived and been judged, ms. */
  atMs: number;
}

/** How much of the time before a segment is shown: 320 ms. */
const contextSamples = 10 * frameSamples;

/** Keeps the frames of the open segment, or else the few that may come before the next one. */
export class RecentFrames {
  #frames: KeptFrame[] = [];

  /** Takes the next frame; `isOpen` tells whether a segment is open. */
  push(
    { samples, startSample }: AudioFrame,
    { probability, atMs, isOpen }: { probability: number; atMs: number; isOpen: boolean },
  ): void {
    this.#frames.push({ startSample, probability, level: levelOf(samples), atMs });
    // The start of a segment is looked for further back than the frames that are shown, so 64 to 128 frames are kept.
    if (!isOpen && this.#frames.length > 128) this.#frames = this.#frames.slice(-64);
  }

  /** Returns the frames from shortly before a segment until now, as JSON. */
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
   * Returns when the speech of a segment ended, ms: at the end of the last frame that the model calls speech. Clients
   * may send audio in lumps or faster than it is spoken; the clock of the stream is therefore set by the frame that
   * arrived with the least delay.
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
