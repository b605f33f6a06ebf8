import type { Alternative, Transcript } from '../types.ts';
import { round, type FreeReading, type ScoredText } from './utterance-trace.ts';

/** Returns a reading and its log-probabilities as JSON. */
export function scoredText({
  text,
  logProbability,
  tokens,
}: Pick<Alternative, 'text' | 'logProbability' | 'tokens'>): ScoredText {
  return {
    text,
    tokens,
    log_probability: round(logProbability, 2),
    log_probability_per_token: round(logProbability / Math.max(1, tokens), 3),
  };
}

/** Returns the free reading of a transcript as JSON. */
export function freeReading(transcript: Transcript): FreeReading {
  return {
    ...scoredText(transcript),
    confidence: round(transcript.confidence, 3),
    no_speech: round(transcript.noSpeechProbability, 3),
    words: transcript.words.map(({ word, confidence }) => ({ word, confidence: round(confidence, 3) })),
    alternatives: transcript.alternatives.map(scoredText),
  };
}
