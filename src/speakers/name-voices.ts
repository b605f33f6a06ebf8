import { assign } from './assignment.ts';
import { calibrations, sureCosine } from './known/calibration.ts';
import { cosine } from './online-clustering.ts';
import { encoderModel } from './voice-encoder.ts';

/** Somebody whose voice is known, and what it sounds like. */
export interface NamedVoice {
  name: string;
  vector: Float32Array;
}

/** Says whose each voice of a recording is, undefined for nobody's that is known; nobody has two voices. */
export function nameVoices(
  voices: readonly Float32Array[],
  known: readonly NamedVoice[],
): readonly (string | undefined)[] {
  const least = sureCosine(calibrations[encoderModel]!);
  const cosines = voices.map((voice) => known.map(({ vector }) => cosine(voice, vector)));
  const best = assign(cosines.map((row) => row.map((value) => 1 - value)));
  return best.map((column, row) =>
    column !== undefined && cosines[row]![column]! >= least ? known[column]!.name : undefined,
  );
}
