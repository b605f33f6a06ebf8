import { defaultLanguage } from '../language/index.ts';
import { samplesToMs, type Transcript } from '../types.ts';

/** What is known of a reading whose recogniser gives little more than its text. */
export interface PlainReading {
  segmentId: string;
  text: string;
  /** How many samples were read. */
  samples: number;
  /** ISO 639-1 code; default "en". */
  language?: string;
  /** How sure the recogniser is of the text, 0–1; default 0.9. An empty text means that there was no speech. */
  confidence?: number;
  /** How long the reading took, ms; default 0. */
  inferenceMs?: number;
}

/**
 * Makes the transcript of a recogniser that knows no more than a text and how sure it is of that. Since it has no
 * constrained readings and no word scores, a phrase is understood as a command only if its text is one, or nearly one.
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
    // The times of the words are unknown, so each gets an equal share of the audio.
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
