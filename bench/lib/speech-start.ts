import { msToSamples } from '../../src/types.ts';

const frameMs = 10;
/** The loud middle of a syllable lies within this many dB of the loudest frame, for this many frames. */
const coreRangeDb = 15;
const minCoreFrames = 6;
/**
 * The sound that leads to it lies within this many dB of the loudest frame, and this many dB above the recording's own
 * background, the level below which a fifth of its frames lie.
 */
const speechRangeDb = 30;
const aboveFloorDb = 8;
/** How much quiet may lie between the sound that leads to a syllable and the syllable: the stop of a "t" or a "k". */
const maxGapFrames = 8;

/**
 * Finds where speech begins in a clean recording, samples, by its energy in frames of 10 ms: the first loud syllable
 * and what leads to it without a pause. A click before it does not count. In a recording that is cut to its speech, the
 * quietest frames are speech, so they are not taken for background. Returns undefined when there is no speech.
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
