import { frameSamples } from '../../types.ts';
import type { Vad } from '../../vad/index.ts';
import { trimToSpeech } from './trim-to-speech.ts';

/** How many frames are with the voice activity model at the same time. */
const framesAtOnce = 32;

/** Returns what of a recording at 16 kHz is speech. @throws what the voice activity model fails with */
export async function speechOf(samples: Float32Array, vad: Vad): Promise<Float32Array> {
  const stream = (await vad.openFileStream?.()) ?? vad.openStream();
  try {
    const probabilities: number[] = [];
    for (let from = 0; from < samples.length; from += framesAtOnce * frameSamples) {
      const group: Promise<number>[] = [];
      for (let at = from; at < Math.min(samples.length, from + framesAtOnce * frameSamples); at += frameSamples) {
        const frame = new Float32Array(frameSamples);
        frame.set(samples.subarray(at, at + frameSamples));
        group.push(stream.probability({ samples: frame, startSample: at }));
      }
      probabilities.push(...(await Promise.all(group)));
    }
    return trimToSpeech(samples, probabilities);
  } finally {
    stream.close();
  }
}
