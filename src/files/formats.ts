import { deflateSync } from 'node:zlib';
import { englishCode } from '../language/index.ts';
import type { Word } from '../types.ts';
import type { FileSegment, FileTranscript } from './transcribe-file.ts';

/** The formats of a transcript, by OpenAI's names. */
export const transcriptFormats = ['text', 'json', 'srt', 'vtt', 'verbose_json'] as const;

export type TranscriptFormat = (typeof transcriptFormats)[number];

/** What times are given for. */
export type Timestamps = 'segment' | 'word';

/** How a transcript is written. Times for both segments and words appear only in `verbose_json`. */
export interface FormatOptions {
  format: TranscriptFormat;
  task?: 'transcribe' | 'translate';
  timestamps?: readonly Timestamps[];
  /** Whether `json` has the log-probability of each word. */
  logProbabilities?: boolean;
}

/** Writes a transcript in a format. The text ends with a line feed unless it is JSON. */
export function formatTranscript(
  transcript: FileTranscript,
  { format, task = 'transcribe', timestamps = ['segment'], logProbabilities = false }: FormatOptions,
): string {
  switch (format) {
    case 'text':
      return `${joinedText(transcript)}\n`;
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
  }
}

/** Follows the output file of insanely-fast-whisper; times in seconds. */
export function toChunksJson(transcript: FileTranscript, timestamps: Timestamps): unknown {
  const chunks =
    timestamps === 'word'
      ? wordsOf(transcript).map(({ word, startMs, endMs }) => ({
          timestamp: [seconds(startMs), seconds(endMs)],
          text: ` ${word}`,
        }))
      : transcript.segments.map(({ text, startMs, endMs }) => ({
          timestamp: [seconds(startMs), seconds(endMs)],
          text: ` ${text}`,
        }));
  return { speakers: [], chunks, text: joinedText(transcript) };
}

/** Milliseconds as seconds with three decimal places. */
export function seconds(ms: number): number {
  return Math.round(ms) / 1000;
}

interface Cue {
  number: number;
  startMs: number;
  endMs: number;
  text: string;
}

function toCues(transcript: FileTranscript, timestamps: readonly Timestamps[]): Cue[] {
  const isByWord = timestamps.includes('word') && !timestamps.includes('segment');
  const parts = isByWord ? wordsOf(transcript).map((word) => ({ ...word, text: word.word })) : transcript.segments;
  return parts.map(({ startMs, endMs, text }, index) => ({ number: index + 1, startMs, endMs, text }));
}

function formatSrtCue({ number, startMs, endMs, text }: Cue): string {
  return `${number}\n${clock(startMs, ',')} --> ${clock(endMs, ',')}\n${text}\n\n`;
}

/** WebVTT would read `&` and `<` as markup, and `-->` as times. */
function formatVttCue({ startMs, endMs, text }: Cue): string {
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return `${clock(startMs, '.')} --> ${clock(endMs, '.')}\n${escaped}\n\n`;
}

function clock(ms: number, point: ',' | '.'): string {
  const whole = Math.round(ms);
  const pad = (value: number, digits = 2): string => String(Math.floor(value)).padStart(digits, '0');
  const clock = [pad(whole / 3_600_000), pad((whole / 60_000) % 60), pad((whole / 1000) % 60)].join(':');
  return `${clock}${point}${pad(whole % 1000, 3)}`;
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
          words: wordsOf(transcript).map(({ word, startMs, endMs }) => ({
            word,
            start: seconds(startMs),
            end: seconds(endMs),
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
  { startMs, endMs, text, meanLogProbability, noSpeechProbability }: FileSegment,
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

function wordsOf({ segments }: FileTranscript): Word[] {
  return segments.flatMap(({ words }) => words);
}

const spaceless = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}。、！？]$/u;

function joinedText({ segments }: FileTranscript): string {
  return segments.reduce((joined, { text }) => joined + gapAfter(joined) + text, '');
}

/** Returns what stands between a text and the sentence after it: nothing in scripts without spaces. */
export function gapAfter(text: string): '' | ' ' {
  return text === '' || spaceless.test(text) ? '' : ' ';
}
