import { frameSamples } from '../../types.ts';

/** From this probability on, a frame is speech. */
const speechProbability = 0.5;
/** How many frames before and after speech belong to it: soft sounds begin and end words. */
export const edgeFrames = 2;

/**
 * Returns the parts of a recording in which somebody speaks, joined to one another.
 * @param samples 16 kHz
 * @param probabilities how surely each frame of 512 samples is speech, 0–1
 * @param firstFrame the frame that begins with the first sample; those before it only tell what belongs to speech
 */
export function trimToSpeech(
  samples: Float32Array,
  probabilities: readonly number[],
  firstFrame = 0,
): Float32Array<ArrayBuffer> {
  const isSpeech = (frame: number): boolean =>
    probabilities.slice(Math.max(0, frame - edgeFrames), frame + edgeFrames + 1).some((p) => p >= speechProbability);
  const speech = new Float32Array(samples.length);
  let kept = 0;
  for (let frame = 0; frame * frameSamples < samples.length; frame++) {
    if (!isSpeech(firstFrame + frame)) continue;
    const part = samples.subarray(frame * frameSamples, (frame + 1) * frameSamples);
    speech.set(part, kept);
    kept += part.length;
  }
  return speech.slice(0, kept);
}
