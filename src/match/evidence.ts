import type { Config } from '../config.ts';
import type { Transcript } from '../types.ts';

/** Below this mean token probability, text is what the model made of noise. */
const minConfidence = 0.25;
/** From this on, nats a token, the words are clearer than the model's doubt that anybody spoke. Source: Whisper's own reader weighs the two so, at −1. */
const clearNats = -0.5;

/**
 * What Whisper writes when nobody speaks: captions of its training videos. A speaker may say them too, so they need
 * better evidence than other text.
 * Source: whisper's own discussions of hallucinated subtitles, and readings of noise here.
 */
const captionPhrases = new Set([
  'thank you', 'thank you very much', 'thanks for watching', 'thank you for watching', 'please subscribe', 'you', 'bye', 'bye bye',
  'subtitles by the amara org community', 'the end', 'so', 'okay', 'oh',
]);

/** The bare minimum for caption phrases. */
const captionEvidence = { minConfidence: 0.6, maxNoSpeech: 0.2 };

/** Whether the text was spoken, as far as the engine can tell: false for noise, silence, and captions nobody said. */
export function hasEvidence(transcript: Transcript, config: Config['match']): boolean {
  const words = transcript.text.replace(/\([^)]*\)|\[[^\]]*\]|\*[^*]*\*|♪/gu, ' ').toLowerCase().match(/[\p{L}\p{N}']+/gu);
  if (!words) return false;
  const isClear = transcript.noSpeechProbability <= config.maxNoSpeech || transcript.logProbability >= clearNats * transcript.tokens;
  if (!isClear || transcript.confidence < minConfidence) return false;
  if (!captionPhrases.has(words.join(' '))) return true;
  return transcript.confidence >= captionEvidence.minConfidence && transcript.noSpeechProbability <= captionEvidence.maxNoSpeech;
}
