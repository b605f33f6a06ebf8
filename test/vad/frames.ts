import { defaultConfig, type Config } from '../../src/config/index.ts';
import type { Segmenter, SegmenterEvent } from '../../src/vad/index.ts';
import { frameSamples, type AudioFrame } from '../../src/types.ts';

/**
 * Returns the options with some changed. The thresholds are vad-node's own, whatever the default is, and neither the
 * start is searched for nor soft speech raised.
 */
export function vadConfig(changes: Partial<Config['vad']> = {}): Config['vad'] {
  return {
    ...defaultConfig.vad,
    positiveThreshold: 0.5,
    negativeThreshold: 0.35,
    lookBackMs: 0,
    maxGainDb: 0,
    ...changes,
  };
}

/** Returns the frame at an index. Each sample is its own position, so that a lost or repeated one is noticed. */
export function frameAt(index: number): AudioFrame {
  return { startSample: index * frameSamples, samples: positions(index * frameSamples, (index + 1) * frameSamples) };
}

/** Returns the samples from `start` to `end` of a stream of such frames. */
export function positions(start: number, end: number): Float32Array {
  return Float32Array.from({ length: end - start }, (_, index) => start + index);
}

/** Pushes one frame for each probability. */
export function hear(segmenter: Segmenter, probabilities: number[], firstFrame = 0): SegmenterEvent[] {
  return probabilities.flatMap((probability, index) => segmenter.push(frameAt(firstFrame + index), probability));
}

/** Repeats a number. */
export function times(count: number, probability: number): number[] {
  return Array<number>(count).fill(probability);
}

/** The events without their samples, in a short form. */
export function brief(events: SegmenterEvent[]): string[] {
  return events.flatMap((event) => {
    switch (event.type) {
      case 'start':
        return [`start ${event.startSample}`];
      case 'audio':
        return [];
      case 'fade':
        return [`fade ${event.endSample}`];
      case 'pause':
        return [`pause ${event.endSample}`];
      case 'resume':
        return ['resume'];
      case 'segment':
        return [`${event.segment.endReason} ${event.segment.startSample}-${event.segment.endSample}`];
      case 'misfire':
      case 'dropped':
        return [`${event.type} ${event.startSample}-${event.endSample}`];
    }
  });
}
