import { seconds, type FileSegment } from '../files/index.ts';

/** A segment as a line of `heed transcribe --json`; times in seconds. */
export function transcriptLine(file: string, segment: FileSegment): unknown {
  const { startMs, endMs, text, language, confidence, speaker, words } = segment;
  return {
    file,
    start: seconds(startMs),
    end: seconds(endMs),
    text,
    ...(speaker === undefined ? {} : { speaker }),
    language,
    confidence,
    words: words.map((word) => ({
      word: word.word,
      start: seconds(word.startMs),
      end: seconds(word.endMs),
      confidence: word.confidence,
      ...(word.speaker === undefined ? {} : { speaker: word.speaker }),
      ...(word.isOverlap === true ? { overlap: true } : {}),
    })),
  };
}
