import { sampleRateHz, type Transcript } from '../types.ts';

/** A segment's position, in samples since the stream's start. */
export interface SegmentPlace {
  id: string;
  startSample: number;
  /** Exclusive. */
  endSample: number;
}

/** Returns the fields that all events about the text of a segment share. */
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
    words: transcript.words.map(({ word, startMs, endMs, confidence, speaker, isOverlap }) => ({
      word,
      confidence,
      start: round3(start + startMs / 1000),
      end: round3(start + endMs / 1000),
      ...(speaker === undefined ? {} : { speaker }),
      ...(isOverlap === true ? { overlap: true } : {}),
    })),
    ...(transcript.speaker ? { speaker: transcript.speaker } : {}),
  };
}

/** Converts a sample index into seconds, as events give stream time. */
export function toSeconds(samples: number): number {
  return round3(samples / sampleRateHz);
}

function round3(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
