import { Framer } from '../../src/audio/index.ts';
import type { Config } from '../../src/config/index.ts';
import { msToSamples } from '../../src/types.ts';
import { Segmenter, type Vad } from '../../src/vad/index.ts';

/** Silence around a clip, ms: a microphone is on before and after a phrase. */
const aroundMs = 1_000;

/** What the voice activity model makes of a recording with silence around it: the samples of each segment. */
export async function cutPhrases(vad: Vad, config: Config['vad'], samples: Float32Array): Promise<Float32Array[]> {
  const around = msToSamples(aroundMs);
  const sound = new Float32Array(around + samples.length + around);
  sound.set(samples, around);
  const segmenter = new Segmenter(config);
  const stream = vad.openStream();
  const events = [];
  for (const frame of new Framer().push(sound)) events.push(...segmenter.push(frame, await stream.probability(frame)));
  stream.close();
  events.push(...segmenter.flush());
  return events.flatMap((event) => (event.type === 'segment' ? [event.segment.samples] : []));
}
