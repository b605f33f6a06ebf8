import { Framer } from '../../src/audio/index.ts';
import { leastProbability } from '../../src/session/session-voices.ts';
import { frameSamples } from '../../src/types.ts';
import type { Vad } from '../../src/vad/index.ts';

/** Finds where a session would have the models of voices listen; says of a part of the samples whether it is there. */
export async function mayBeSpeech(samples: Float32Array, vad: Vad): Promise<(from: number, to: number) => boolean> {
  const stream = vad.openStream();
  const found: boolean[] = [];
  for (const frame of new Framer().push(samples)) found.push((await stream.probability(frame)) >= leastProbability);
  stream.close();
  return (from, to) => found.slice(Math.floor(from / frameSamples), Math.ceil(to / frameSamples)).includes(true);
}
