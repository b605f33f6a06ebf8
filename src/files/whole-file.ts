import type { HeedError } from '../errors.ts';
import { speakerTurns, withSpeakers, type SpeakerOptions, type SpeakerTurn } from './speakers.ts';
import { transcribeFile, type FileOptions, type FileProgress, type FileSegment } from './transcribe-file.ts';

/** A whole file as text. */
export interface FileTranscript {
  durationMs: number;
  /** The language of the first speech; without any speech, the language that was asked for. */
  language: string;
  segments: FileSegment[];
  /** Who spoke when, by the start, where the voices are told apart. */
  turns?: SpeakerTurn[];
  /** Says that the file ends early, and how much of it could be read. */
  warning?: string;
}

/** Transcribes a file and returns all of it at once, with who said it if asked for; see `transcribeFile`. */
export async function transcribeWholeFile(
  path: string,
  options: FileOptions & { speakers?: SpeakerOptions },
): Promise<FileTranscript> {
  const { speakers } = options;
  const segments: FileSegment[] = [];
  let durationMs = 0;
  let warning: string | undefined;
  const onEarlyEnd = (error: HeedError): void => {
    warning = error.message;
    options.onEarlyEnd?.(error);
  };
  const onProgress = (progress: FileProgress): void => {
    durationMs = progress.heardMs;
    options.onProgress?.(progress);
  };
  const heard = speakers ? { onSamples: (samples: Float32Array) => speakers.voices.push(samples) } : {};
  for await (const segment of transcribeFile(path, { ...options, ...heard, onProgress, onEarlyEnd }))
    segments.push(segment);
  const language = segments[0]?.language ?? options.language ?? options.config.language;
  const transcript = { durationMs, language, segments, ...(warning === undefined ? {} : { warning }) };
  if (!speakers) return transcript;
  const turns = await speakerTurns(speakers);
  return { ...transcript, turns, segments: withSpeakers(segments, turns) };
}
