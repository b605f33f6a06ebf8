export type { Timestamps } from './cues.ts';
export { diarizeFile } from './diarize-file.ts';
export { download, isUrl, type DownloadOptions } from './fetch-audio.ts';
export {
  formatTranscript,
  letter,
  logProbabilitiesOf,
  seconds,
  toChunksJson,
  toDiarizedSegment,
  transcriptFormats,
  usageOf,
  type FormatOptions,
  type TranscriptFormat,
} from './formats.ts';
export { gapAfter } from './joined-text.ts';
export { Journal, type JournalSubject } from './journal.ts';
export { nameVoices, type FileVoices, type NamedVoice } from '../speakers/index.ts';
export { speakerTurns, withSpeakers, type SpeakerCount, type SpeakerOptions, type SpeakerTurn } from './speakers.ts';
export {
  transcribeFile,
  type ChunkMemory,
  type FileOptions,
  type FileProgress,
  type FileSegment,
} from './transcribe-file.ts';
export { transcribeWholeFile, type FileTranscript } from './whole-file.ts';
