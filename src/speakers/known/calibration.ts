/**
 * How the likeness of two vectors of a model becomes a score; `bench/speakers/known.ts` finds these numbers. The
 * logarithm of the odds that both are one person is `constant + cosine × (cosineWeight + longWeight × s)
 * + lengthWeight × s`, where `s` is the natural logarithm of the seconds of speech.
 */
export interface Calibration {
  constant: number;
  cosineWeight: number;
  lengthWeight: number;
  longWeight: number;
  /** Speech of less than this says too little of a voice, s. */
  minSeconds: number;
  /** The score from which at most one stranger in a hundred is taken for somebody known, 0–1. */
  threshold: number;
}

/** By the name of the model in the catalogue. */
export const calibrations: Readonly<Record<string, Calibration>> = {
  campplus: {
    constant: -5.65,
    cosineWeight: 18.74,
    lengthWeight: -2.63,
    longWeight: 1.42,
    minSeconds: 0.7,
    threshold: 0.72,
  },
};

/** More speech than this makes nothing surer. */
const maxSeconds = 4;

/** Returns the natural logarithm of the odds that a piece of speech is of the person whom it was compared with. */
export function logOdds(
  { constant, cosineWeight, lengthWeight, longWeight }: Calibration,
  cosine: number,
  seconds: number,
): number {
  const length = Math.log(Math.min(maxSeconds, seconds));
  return constant + cosine * (cosineWeight + longWeight * length) + lengthWeight * length;
}

/** Returns the cosine from which a long piece of speech is surely of the person whom it was compared with. */
export function sureCosine({ constant, cosineWeight, lengthWeight, longWeight, threshold }: Calibration): number {
  const length = Math.log(maxSeconds);
  const wanted = Math.log(threshold / (1 - threshold));
  return (wanted - constant - lengthWeight * length) / (cosineWeight + longWeight * length);
}
