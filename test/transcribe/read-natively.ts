import type { NativeEngine, NativeRead, NativeReading } from '../../src/transcribe/binding.ts';

/** Reads English samples with an engine of the addon; without other `options` in their own window, on one thread. */
export function readNatively(
  engine: NativeEngine,
  samples: Float32Array,
  options: Pick<NativeRead, 'beam' | 'words'> & Partial<NativeRead>,
): Promise<NativeReading> {
  const audio = engine.openAudio();
  audio.append(samples);
  return engine
    .read(audio, {
      priority: 0,
      endSample: audio.length,
      language: 'en',
      translate: false,
      nBest: 1,
      positions: 0,
      threads: 1,
      ...options,
    })
    .promise.finally(() => audio.close());
}
