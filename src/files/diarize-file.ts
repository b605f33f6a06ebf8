import { decodeAudioFile } from '../audio/index.ts';
import type { HeedError } from '../errors.ts';
import { samplesToMs } from '../types.ts';
import { speakerTurns, type SpeakerOptions } from './speakers.ts';
import type { FileProgress } from './transcribe-file.ts';
import type { FileTranscript } from './whole-file.ts';

/** What telling the voices of a file apart needs. */
export interface DiarizeOptions {
  speakers: SpeakerOptions;
  /** Its language is told, since none is found out. */
  language: string;
  signal?: AbortSignal;
  onProgress?: (progress: FileProgress) => void;
  /** Called when the file is cut or damaged; what came before is still heard. Without it, a damaged file is refused. */
  onEarlyEnd?: (error: HeedError) => void;
}

/**
 * Says who speaks when in a file, of which no word is read.
 * @throws HeedError `bad-audio`, `not-found`, `aborted`, and what the models fail with
 */
export async function diarizeFile(
  path: string,
  { speakers, language, signal, onProgress, onEarlyEnd }: DiarizeOptions,
): Promise<FileTranscript> {
  const progress: FileProgress = { heardMs: 0, doneMs: 0, share: 0 };
  let heardSamples = 0;
  const decode = {
    maxBytes: Infinity,
    onRead: (share: number) => {
      progress.share = share;
    },
    ...(signal ? { signal } : {}),
    ...(onEarlyEnd ? { onEarlyEnd } : {}),
  };
  for await (const samples of decodeAudioFile(path, decode)) {
    await speakers.voices.push(samples);
    heardSamples += samples.length;
    progress.heardMs = progress.doneMs = samplesToMs(heardSamples);
    onProgress?.({ ...progress });
  }
  onProgress?.({ ...progress, share: 1 });
  return { durationMs: progress.heardMs, language, segments: [], turns: await speakerTurns(speakers) };
}
