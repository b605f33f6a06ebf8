import type { VoiceScore } from '../../types.ts';
import { cosine } from '../online-clustering.ts';
import { logOdds, type Calibration } from './calibration.ts';
import type { KnownVoice } from './known-voice.ts';

/** Speech, and how long it was. */
interface Spoken {
  vector: Float32Array;
  seconds: number;
}

/**
 * Says how surely speech is of each of some voices, the likeliest first. The scores are probabilities: before anything
 * is heard, it is as likely a stranger as somebody known, and all known ones are equally likely. So they add up to one
 * at most, and two voices that sound alike are both unsure.
 */
export function scoreVoices(
  { vector, seconds }: Spoken,
  voices: readonly Pick<KnownVoice, 'name' | 'pieces'>[],
  calibration: Calibration,
): VoiceScore[] {
  const odds = voices.map(({ pieces }) =>
    Math.min(1e6, Math.exp(logOdds(calibration, cosine(vector, centreOf(pieces)), seconds)) / voices.length),
  );
  const sum = odds.reduce((total, each) => total + each, 1);
  return voices.map(({ name }, i) => ({ name, score: odds[i]! / sum })).sort((a, b) => b.score - a.score);
}

/** The middle of what a voice sounded like; longer pieces count for more. */
export function centreOf(pieces: KnownVoice['pieces']): Float32Array {
  const centre = new Float32Array(pieces[0]!.vector.length);
  for (const { vector, seconds } of pieces) for (let i = 0; i < centre.length; i++) centre[i]! += seconds * vector[i]!;
  return centre;
}
