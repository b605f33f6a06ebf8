import { deflateSync } from 'node:zlib';
import { englishCode } from '../language/index.ts';
import { formatSrtCue, formatVttCue, toCues, type Timestamps } from './cues.ts';
import { joinedText, namedText, wordsOf } from './joined-text.ts';
import { toRttm } from './rttm.ts';
import type { FileSegment } from './transcribe-file.ts';
import type { FileTranscript } from './whole-file.ts';

/**
 * The formats of a transcript: OpenAI's by its names, and NIST's list of turns. The last two need a transcript in which
 * voices are told apart.
 */
export const transcriptFormats = ['text', 'json', 'srt', 'vtt', 'verbose_json', 'diarized_json', 'rttm'] as const;

export type TranscriptFormat = (typeof transcriptFormats)[number];

/** How a transcript is written. Times for both segments and words appear only in `verbose_json`. */
export interface FormatOptions {
  format: TranscriptFormat;
  task?: 'transcribe' | 'translate';
  timestamps?: readonly Timestamps[];
  /** Whether `json` has the log-probability of each word. */
  logProbabilities?: boolean;
  /** What `rttm` calls the recording. */
  recording?: string;
}

/** Writes a transcript in a format. The text ends with a line feed unless it is JSON. */
export function formatTranscript(
  transcript: FileTranscript,
  {
    format,
    task = 'transcribe',
    timestamps = ['segment'],
    logProbabilities = false,
    recording = 'recording',
  }: FormatOptions,
): string {
  switch (format) {
    case 'text':
      return `${transcript.turns ? namedText(transcript) : joinedText(transcript)}\n`;
    case 'json':
      return JSON.stringify({
        text: joinedText(transcript),
        ...(logProbabilities ? { logprobs: transcript.segments.flatMap(logProbabilitiesOf) } : {}),
        usage: usageOf(transcript),
        ...warningOf(transcript),
      });
    case 'srt':
      return toCues(transcript, timestamps).map(formatSrtCue).join('');
    case 'vtt':
      return `WEBVTT\n\n${toCues(transcript, timestamps).map(formatVttCue).join('')}`;
    case 'verbose_json':
      return JSON.stringify(toVerboseJson(transcript, { task, timestamps }));
    case 'diarized_json':
      return JSON.stringify({
        task,
        duration: seconds(transcript.durationMs),
        text: joinedText(transcript),
        segments: transcript.segments.map(toDiarizedSegment),
        usage: usageOf(transcript),
        ...warningOf(transcript),
      });
    case 'rttm':
      return toRttm(transcript.turns ?? [], recording);
  }
}

/** Follows the output file of insanely-fast-whisper; times in seconds. */
export function toChunksJson(transcript: FileTranscript, timestamps: Timestamps): unknown {
  const parts =
    timestamps === 'word'
      ? wordsOf(transcript).map(({ word, ...rest }) => ({ ...rest, text: word }))
      : transcript.segments;
  const chunks = parts.map(({ text, startMs, endMs, speaker }) => ({
    ...(speaker === undefined ? {} : { speaker }),
    timestamp: [seconds(startMs), seconds(endMs)],
    text: ` ${text}`,
  }));
  return {
    speakers: chunks.filter(({ speaker }) => speaker !== undefined),
    chunks: chunks.map(({ timestamp, text }) => ({ timestamp, text })),
    text: joinedText(transcript),
  };
}

/** Names a speaker as OpenAI does: A to Z, then AA, AB, … */
export function letter(index: number): string {
  const own = String.fromCharCode(65 + (index % 26));
  return index < 26 ? own : letter(Math.floor(index / 26) - 1) + own;
}

/** A segment with its speaker in OpenAI's form; also an event of a stream. */
export function toDiarizedSegment({ startMs, endMs, text, speaker = letter(0) }: FileSegment, index: number): object {
  return {
    type: 'transcript.text.segment',
    id: `seg_${String(index + 1).padStart(3, '0')}`,
    start: seconds(startMs),
    end: seconds(endMs),
    text,
    speaker,
  };
}

/** Milliseconds as seconds with three decimal places. */
export function seconds(ms: number): number {
  return Math.round(ms) / 1000;
}

function toVerboseJson(
  transcript: FileTranscript,
  { task, timestamps }: Required<Pick<FormatOptions, 'task' | 'timestamps'>>,
): unknown {
  return {
    task,
    language: languageName(transcript.language),
    duration: seconds(transcript.durationMs),
    text: joinedText(transcript),
    ...(timestamps.includes('word')
      ? {
          words: wordsOf(transcript).map(({ word, startMs, endMs, speaker }) => ({
            word,
            start: seconds(startMs),
            end: seconds(endMs),
            ...(speaker === undefined ? {} : { speaker }),
          })),
        }
      : {}),
    ...(timestamps.includes('segment') ? { segments: transcript.segments.map(toVerboseSegment) } : {}),
    usage: usageOf(transcript),
    ...warningOf(transcript),
  };
}

/** `tokens` stays empty, because token numbers mean nothing outside the model. */
function toVerboseSegment(
  { startMs, endMs, text, speaker, meanLogProbability, noSpeechProbability }: FileSegment,
  id: number,
): unknown {
  return {
    id,
    seek: Math.round(startMs / 10),
    start: seconds(startMs),
    end: seconds(endMs),
    text: ` ${text}`,
    tokens: [],
    temperature: 0,
    avg_logprob: meanLogProbability,
    compression_ratio: compressionRatio(text),
    no_speech_prob: noSpeechProbability,
    ...(speaker === undefined ? {} : { speaker }),
  };
}

/** How many times smaller a text gets by deflate; a high value gives away text that repeats itself. */
function compressionRatio(text: string): number {
  const bytes = Buffer.from(text);
  return bytes.length / deflateSync(bytes).length;
}

/** How much was heard, as OpenAI reports it for models that are not paid by tokens. */
export function usageOf({ durationMs }: Pick<FileTranscript, 'durationMs'>): unknown {
  return { type: 'duration', seconds: Math.ceil(durationMs / 1000) };
}

function warningOf({ warning }: FileTranscript): { warning?: string } {
  return warning === undefined ? {} : { warning };
}

/** OpenAI's form has an entry for each token; here a word with the space before it counts as one. */
export function logProbabilitiesOf({ words }: Pick<FileSegment, 'words'>): unknown[] {
  return words.map(({ word, confidence }) => {
    const token = ` ${word}`;
    return { token, bytes: [...Buffer.from(token)], logprob: Math.log(Math.max(leastProbability, confidence)) };
  });
}

const leastProbability = 1e-9;

function languageName(code: string): string {
  return (new Intl.DisplayNames([englishCode], { type: 'language' }).of(code) ?? code).toLowerCase();
}
