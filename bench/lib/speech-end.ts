import { msToSamples } from '../../src/types.ts';

const frameMs = 10;
/** What is quieter than the loudest frame by more than this is not speech. */
const speechRangeDb = 30;
/** Speech is louder by this than the recording's own background, the level below which a fifth of its frames lie. */
const aboveFloorDb = 8;
/** A sound shorter than this, with at least as much quiet around it, is a click and not speech. */
const maxClickFrames = 8;
const clickGapFrames = 25;

interface Run {
  start: number;
  end: number;
}

/**
 * Finds where speech begins and ends in a clean recording, samples, by its energy in frames of 10 ms. Returns undefined
 * when there is no speech.
 */
export function speechBounds(samples: Float32Array): { startSample: number; endSample: number } | undefined {
  const frameSamples = msToSamples(frameMs);
  const levels = Array.from({ length: Math.floor(samples.length / frameSamples) }, (_, frame) =>
    levelDb(samples.subarray(frame * frameSamples, (frame + 1) * frameSamples)),
  );
  const runs = loudRuns(levels);
  const speech = runs.filter(
    (run, index) =>
      run.end - run.start > maxClickFrames ||
      run.start - (runs[index - 1]?.end ?? -Infinity) <= clickGapFrames ||
      (runs[index + 1]?.start ?? Infinity) - run.end <= clickGapFrames,
  );
  if (speech.length === 0) return undefined;
  return { startSample: speech[0]!.start * frameSamples, endSample: speech.at(-1)!.end * frameSamples };
}

function loudRuns(levels: number[]): Run[] {
  const sorted = [...levels].sort((a, b) => a - b);
  const threshold = Math.max(sorted.at(-1)! - speechRangeDb, sorted[Math.floor(sorted.length / 5)]! + aboveFloorDb);
  const runs: Run[] = [];
  levels.forEach((level, frame) => {
    if (level <= threshold) return;
    const last = runs.at(-1);
    if (last?.end === frame) last.end++;
    else runs.push({ start: frame, end: frame + 1 });
  });
  return runs;
}

function levelDb(frame: Float32Array): number {
  return 10 * Math.log10(frame.reduce((sum, sample) => sum + sample * sample, 0) / frame.length + 1e-12);
}
