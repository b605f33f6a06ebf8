import { wordsOf } from './joined-text.ts';
import type { FileTranscript } from './whole-file.ts';

/** What times are given for. */
export type Timestamps = 'segment' | 'word';

/** What a viewer reads at a time. */
export interface Cue {
  number: number;
  startMs: number;
  endMs: number;
  text: string;
  /** Who says it, where the voices are told apart. */
  speaker?: string | undefined;
}

/** Makes a cue of each segment, or of each word. */
export function toCues(transcript: FileTranscript, timestamps: readonly Timestamps[]): Cue[] {
  const isByWord = timestamps.includes('word') && !timestamps.includes('segment');
  const parts = isByWord ? wordsOf(transcript).map((word) => ({ ...word, text: word.word })) : transcript.segments;
  return parts.map(({ startMs, endMs, text, speaker }, index) => ({
    number: index + 1,
    startMs,
    endMs,
    text,
    speaker,
  }));
}

/** Writes a cue in SubRip, which has no place for who speaks but the text. */
export function formatSrtCue({ number, startMs, endMs, text, speaker }: Cue): string {
  const name = speaker === undefined ? '' : `${speaker}: `;
  return `${number}\n${clock(startMs, ',')} --> ${clock(endMs, ',')}\n${name}${text}\n\n`;
}

/** Writes a cue in WebVTT, with who speaks in a voice tag. */
export function formatVttCue({ startMs, endMs, text, speaker }: Cue): string {
  const voice = speaker === undefined ? '' : `<v ${escaped(speaker)}>`;
  return `${clock(startMs, '.')} --> ${clock(endMs, '.')}\n${voice}${escaped(text)}\n\n`;
}

/** WebVTT would read `&` and `<` as markup, and `-->` as times. */
function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function clock(ms: number, point: ',' | '.'): string {
  const whole = Math.round(ms);
  const pad = (value: number, digits = 2): string => String(Math.floor(value)).padStart(digits, '0');
  const clock = [pad(whole / 3_600_000), pad((whole / 60_000) % 60), pad((whole / 1000) % 60)].join(':');
  return `${clock}${point}${pad(whole % 1000, 3)}`;
}
