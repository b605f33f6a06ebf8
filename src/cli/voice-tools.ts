import { concatSamples, decodeWholeFile } from '../audio/index.ts';
import { createDiarization, KnownVoices, speechOf, type Diarization } from '../speakers/index.ts';
import { createVad, type Vad } from '../vad/index.ts';
import { withFile } from './input.ts';
import { configOf, type CommonOptions } from './program.ts';
import { StatusLine } from './status-line.ts';

/** Known voices without the rest of heed: no command is loaded, and no speech model. */
export interface VoiceTools {
  voices: KnownVoices;
  /** Where they are kept. */
  folder: string;
  /** Returns what of samples at 16 kHz is speech. */
  speechOf: (samples: Float32Array) => Promise<Float32Array>;
  /** Returns what of some files is speech, one after the other; `-` is standard input. */
  speechOfFiles: (files: readonly string[]) => Promise<Float32Array>;
}

/** Calls back with known voices; models are loaded when they are first needed, and closed at the end. */
export async function withVoices<T>(options: CommonOptions, work: (tools: VoiceTools) => Promise<T>): Promise<T> {
  const config = configOf(options);
  const status = new StatusLine();
  let diarization: Promise<Diarization> | undefined;
  let vad: Promise<Vad> | undefined;
  const folder = config.voices.dir;
  const voices = new KnownVoices({
    folder,
    diarization: () =>
      (diarization ??= createDiarization(config, {
        onProgress: ({ phase, doneBytes, totalBytes }) => status.show(phase, doneBytes, totalBytes),
      }).finally(() => status.clear())),
    log: (line) => console.error(`! ${line}`),
  });
  const speech = async (samples: Float32Array): Promise<Float32Array> =>
    speechOf(samples, await (vad ??= createVad(config.vad)));
  const { maxUploadBytes: maxBytes } = config.audio;
  try {
    return await work({
      voices,
      folder,
      speechOf: speech,
      speechOfFiles: async (files) => {
        const parts: Float32Array[] = [];
        for (const file of files)
          parts.push(await speech(await withFile(file, { maxBytes }, (path) => decodeWholeFile(path))));
        return concatSamples(parts);
      },
    });
  } finally {
    await (await vad?.catch(() => undefined))?.close();
    await (await diarization?.catch(() => undefined))?.close();
  }
}
