import type { Config } from '../config/index.ts';
import { allLanguages } from '../language/index.ts';
import type { Transcript } from '../types.ts';
import { withoutCaptions } from './captions.ts';

/** Below this mean token probability, text is what the model made of noise. */
const minConfidence = 0.25;
/**
 * From this on, nats a token, the words are clearer than the model's doubt that anybody spoke. Source: Whisper's own
 * reader weighs the two so, at −1.
 */
const clearNats = -0.5;

/**
 * Captions of training videos, which Whisper writes when nobody speaks, in whatever language. A speaker may say them
 * too, so where nobody waits for them they need better evidence than other text.
 */
const captionPhrases = new Set(allLanguages.flatMap(({ captions }) => captions));

/** The bare minimum for caption phrases. */
const captionEvidence = { minConfidence: 0.6, maxNoSpeech: 0.2 };

/**
 * Whether the text was spoken, as far as the engine can tell: false for noise, silence, and captions nobody said. Where
 * `isExpected` says that it is a command or an answer of this moment, it is no caption, and half of the doubt that
 * `maxNoSpeech` leaves is allowed besides: single words are short enough for the model to doubt that they are speech
 * (0.7 at most, of synthesized ones), noise is doubted far more (0.9 and above).
 */
export function hasEvidence(
  transcript: Transcript,
  config: Config['match'],
  isExpected: () => boolean = () => false,
): boolean {
  const words = withoutCaptions(transcript.text)
    .toLowerCase()
    .match(/[\p{L}\p{N}']+/gu);
  if (!words) return false;
  const { confidence, noSpeechProbability, logProbability, tokens } = transcript;
  if (confidence < minConfidence) return false;
  const isClear = noSpeechProbability <= config.maxNoSpeech || logProbability >= clearNats * tokens;
  const isCaption = captionPhrases.has(words.join(' '));
  if (
    isClear &&
    (!isCaption || (confidence >= captionEvidence.minConfidence && noSpeechProbability <= captionEvidence.maxNoSpeech))
  )
    return true;
  return (isClear || noSpeechProbability <= (1 + config.maxNoSpeech) / 2) && isExpected();
}
