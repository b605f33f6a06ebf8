import { msToSamples } from '../../src/types.ts';

const frameMs = 10;
/** The loud middle of a syllable: this near to the loudest frame, dB, for so many frames. */
const coreRangeDb = 15;
const minCoreFrames = 6;
/**
 * What leads to it: this near to the loudest frame, and this much above the recording's own background, a level that a
 * fifth of it does not reach.
 */
const speechRangeDb = 30;
const aboveFloorDb = 8;
/** Quiet that may lie between what leads to a syllable and the syllable: the stop of a "t" or a "k". */
const maxGapFrames = 8;

/**
 * Where speech begins in a clean recording, samples, judged by its energy in frames of 10 ms: the first loud syllable,
 * and what leads to it without a pause. A click before it is none. A recording that is cut to its speech has no
 * background; it is not taken for one. Undefined without speech.
 */
export function speechStart(samples: Float32Array): number | undefined {
  const frameSamples = msToSamples(frameMs);
  const levels = Array.from({ length: Math.floor(samples.length / frameSamples) }, (_, frame) =>
    levelDb(samples.subarray(frame * frameSamples, (frame + 1) * frameSamples)),
  );
  const sorted = [...levels].sort((a, b) => a - b);
  const loudest = sorted[Math.floor(0.98 * (sorted.length - 1))] ?? -Infinity;
  const coreDb = loudest - coreRangeDb;
  const threshold = Math.max(
    loudest - speechRangeDb,
    Math.min(coreDb, sorted[Math.floor(sorted.length / 5)]! + aboveFloorDb),
  );
  const core = levels.findIndex(
    (_, frame) =>
      frame + minCoreFrames <= levels.length &&
      levels.slice(frame, frame + minCoreFrames).every((level) => level > coreDb),
  );
  if (core === -1) return undefined;
  let start = core;
  for (let frame = core - 1; frame >= 0 && start - frame <= maxGapFrames + 1; frame--)
    if (levels[frame]! > threshold) start = frame;
  return start * frameSamples;
}

function levelDb(frame: Float32Array): number {
  return 10 * Math.log10(frame.reduce((sum, sample) => sum + sample * sample, 0) / frame.length + 1e-12);
}
