import { localSpeakers, type NativeModels } from './native-models.ts';

/** Who speaks when within one window, before anybody knows who that is in the stream. */
export interface LocalVoices {
  /** Frames × `localSpeakers` activities, 0–1. */
  activity: Float32Array;
  frames: number;
  /** What each local speaker sounds like, of length 1; undefined where there is too little to tell. */
  vectors: readonly (Float32Array | undefined)[];
}

/** How the parts of a window where one voice is heard alone are weighed; both as in diart. */
export interface OverlapPenalty {
  /** Exponent that lowers what is uncertain. */
  gamma: number;
  /** How sharply a voice that is not alone is lowered. */
  beta: number;
}

/** From this weight on, a moment tells about a voice. */
const minWeight = 0.2;

/** What `findLocalVoices` needs. */
export interface LocalModels {
  segmentation: Pick<NativeModels['segmentation'], 'run'>;
  encoder: Pick<NativeModels['encoder'], 'vectorsOf'>;
}

/**
 * Finds the voices in a window of samples at 16 kHz.
 * @param isWanted which local speakers' vectors are needed, by their greatest activity
 */
export function findLocalVoices(
  { segmentation, encoder }: LocalModels,
  samples: Float32Array,
  penalty: OverlapPenalty,
  isWanted: (greatest: number) => boolean,
): LocalVoices {
  const activity = segmentation.run(samples);
  const frames = activity.length / localSpeakers;
  const vectors: (Float32Array | undefined)[] = new Array<undefined>(localSpeakers).fill(undefined);
  const weights = soloWeights(activity, frames, penalty);
  const wanted = weights.flatMap((_, speaker) => (isWanted(greatest(activity, speaker)) ? [speaker] : []));
  if (wanted.length === 0) return { activity, frames, vectors };
  const found = encoder.vectorsOf(
    samples,
    wanted.map((speaker) => weights[speaker]!),
  );
  for (const [i, speaker] of wanted.entries()) vectors[speaker] = found[i];
  return { activity, frames, vectors };
}

/** By local speaker, the weight of each frame: low where it is uncertain and where others speak too, or none at all. */
function soloWeights(activity: Float32Array, frames: number, { gamma, beta }: OverlapPenalty): Float32Array[] {
  const weights = Array.from({ length: localSpeakers }, () => new Float32Array(frames));
  for (let frame = 0; frame < frames; frame++) {
    const own = activity.subarray(frame * localSpeakers, (frame + 1) * localSpeakers);
    const shares = own.map((value) => Math.exp(beta * value));
    const sum = shares.reduce((total, share) => total + share, 0);
    for (const [speaker, of] of weights.entries()) {
      const weight = (own[speaker]! * (shares[speaker]! / sum)) ** gamma;
      of[frame] = weight < minWeight ? 0 : weight;
    }
  }
  return weights;
}

function greatest(activity: Float32Array, speaker: number): number {
  let most = 0;
  for (let i = speaker; i < activity.length; i += localSpeakers) most = Math.max(most, activity[i]!);
  return most;
}
