import type { Config } from '../config/index.ts';
import { allLanguages } from '../language/index.ts';
import type { Transcript } from '../types.ts';
import { withoutCaptions } from './captions.ts';

/** Below this mean token probability, text is what the model made of noise. */
const minConfidence = 0.25;
/**
 * From this value on, nats per token, the clarity of the words outweighs the model's doubt that anybody spoke.
 * Whisper's own reader weighs the two in the same way, with a limit of −1.
 */
const clearNats = -0.5;

/**
 * Captions of training videos, in every language, which Whisper writes when nobody speaks. A speaker may say them too,
 * so unless they are expected they need better evidence than other text.
 */
const captionPhrases = new Set(allLanguages.flatMap(({ captions }) => captions));

/** The least evidence with which a caption phrase counts as spoken. */
const captionEvidence = { minConfidence: 0.6, maxNoSpeech: 0.2 };

/**
 * Whether the text was spoken, as far as the engine can tell: false for noise, silence, and captions that nobody said.
 * If `isExpected` says that the text is a command or an answer at this moment, it is not treated as a caption, and half
 * of the doubt beyond `maxNoSpeech` is allowed as well: single words are so short that the model doubts that they are
 * speech (by at most 0.7, measured with synthesized ones), but it doubts noise far more (0.9 and above).
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
