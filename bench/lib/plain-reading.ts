import type { NativeEngine, NativeReading } from '../../src/transcribe/binding.ts';

/** Reads English samples without a grammar, as a final of one thread; `width` is that of the free reading. */
export async function readPlainly(
  engine: NativeEngine,
  samples: Float32Array,
  { width = 1, positions = 0 } = {},
): Promise<NativeReading> {
  const audio = engine.openAudio();
  audio.append(samples);
  const reading = await engine.read(audio, {
    priority: 0,
    endSample: audio.length,
    language: 'en',
    translate: false,
    nBest: width,
    words: false,
    positions,
    threads: 1,
    beam: 1,
  }).promise;
  audio.close();
  return reading;
}
