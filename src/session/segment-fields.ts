import { sampleRateHz, type Transcript } from '../types.ts';

/** Where a segment lies, in samples since the stream's start. */
export interface SegmentPlace {
  id: string;
  startSample: number;
  /** Exclusive. */
  endSample: number;
}

/** What the events of a segment have in common, from its place and its reading. */
export function segmentFields({ id, startSample, endSample }: SegmentPlace, transcript: Transcript) {
  const start = toSeconds(startSample);
  return {
    segment_id: id,
    start,
    end: toSeconds(endSample),
    duration: toSeconds(endSample - startSample),
    text: transcript.text,
    confidence: transcript.confidence,
    language: transcript.language,
    words: transcript.words.map(({ word, startMs, endMs, confidence }) => ({
      word,
      confidence,
      start: round3(start + startMs / 1000),
      end: round3(start + endMs / 1000),
    })),
  };
}

/** Stream time as events tell it. */
export function toSeconds(samples: number): number {
  return round3(samples / sampleRateHz);
}

function round3(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
