import { assign } from './assignment.ts';
import { cosine } from './online-clustering.ts';

/** Somebody whose voice is known, and what it sounds like. */
export interface KnownVoice {
  name: string;
  vector: Float32Array;
}

/** From this cosine on, two descriptions of seconds of speech are one person's. It belongs to the model of voices. */
const leastCosine = 0.45;

/** Says whose each voice is, undefined for nobody's that is known; nobody has two voices. */
export function nameVoices(
  voices: readonly Float32Array[],
  known: readonly KnownVoice[],
): readonly (string | undefined)[] {
  const cosines = voices.map((voice) => known.map(({ vector }) => cosine(voice, vector)));
  const best = assign(cosines.map((row) => row.map((value) => 1 - value)));
  return best.map((column, row) =>
    column !== undefined && cosines[row]![column]! >= leastCosine ? known[column]!.name : undefined,
  );
}
