import { defaultLanguage } from '../language/index.ts';
import { samplesToMs, type Transcript } from '../types.ts';

/** What a recogniser knows that gives text and nothing else. */
export interface PlainReading {
  segmentId: string;
  text: string;
  /** Samples that were read. */
  samples: number;
  /** ISO 639-1 code; default "en". */
  language?: string;
  /** How sure the text is, 0–1; default 0.9. Empty text is no speech. */
  confidence?: number;
  /** What reading took, ms; default 0. */
  inferenceMs?: number;
}

/**
 * The transcript of a recogniser that knows no more than a text and how sure it is of it. Without readings held to the
 * grammar, and without word scores, a phrase is a command where its text is one or nearly one.
 * @example transcriptOf({ segmentId, text: 'turn on the lamp', samples: endSample })
 */
export function transcriptOf(reading: PlainReading): Transcript {
  const { segmentId, text, samples, language = defaultLanguage, confidence = 0.9, inferenceMs = 0 } = reading;
  const words = text.split(/\s+/).filter((word) => word !== '');
  const audioMs = samplesToMs(samples);
  const wordMs = audioMs / Math.max(1, words.length);
  return {
    segmentId,
    text,
    language,
    confidence,
    // Without times of their own, the words share the audio.
    words: words.map((word, at) => ({ word, confidence, startMs: at * wordMs, endMs: (at + 1) * wordMs })),
    noSpeechProbability: text === '' ? 1 : 0,
    logProbability: Math.log(confidence) * (words.length + 1),
    tokens: words.length + 1,
    endMs: 0,
    alternatives: [],
    audioMs,
    inferenceMs,
  };
}
