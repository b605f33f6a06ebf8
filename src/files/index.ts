export { download, isUrl, type DownloadOptions } from './fetch-audio.ts';
export {
  formatTranscript,
  gapAfter,
  logProbabilitiesOf,
  seconds,
  toChunksJson,
  transcriptFormats,
  usageOf,
  type FormatOptions,
  type Timestamps,
  type TranscriptFormat,
} from './formats.ts';
export { Journal, type JournalSubject } from './journal.ts';
export {
  transcribeFile,
  transcribeWholeFile,
  type ChunkMemory,
  type FileOptions,
  type FileProgress,
  type FileSegment,
  type FileTranscript,
} from './transcribe-file.ts';
