import { localSpeakers, melBands, dimensions, type NativeModels } from './native-models.ts';

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

/** From this weight on, a moment is taken as a voice alone. */
const minWeight = 0.2;
/** The rows of a spectrogram that the encoder was trained on, 1.6 s; and the fewest that say anything of a voice. */
const [pieceRows, minRows] = [160, 4];
/** How many pieces of one voice are taken from a window. */
const maxPieces = 2;

/**
 * Finds the voices in a window of samples at 16 kHz.
 * @param isWanted which local speakers' vectors are needed, by their greatest activity
 */
export function findLocalVoices(
  { segmentation, encoder }: NativeModels,
  samples: Float32Array,
  penalty: OverlapPenalty,
  isWanted: (greatest: number) => boolean,
): LocalVoices {
  const activity = segmentation.run(samples);
  const frames = activity.length / localSpeakers;
  const weights = soloWeights(activity, penalty);
  const wanted = Array.from({ length: localSpeakers }, (_, speaker) => isWanted(greatest(activity, speaker)));
  const vectors: (Float32Array | undefined)[] = wanted.map(() => undefined);
  if (!wanted.includes(true)) return { activity, frames, vectors };
  const rows = encoder.spectrogram(samples);
  const pieces = wanted.map((is, speaker) => (is ? piecesOf(soloRows(rows, weights, frames, speaker)) : []));
  const embedded = embedAll(encoder, pieces.flat());
  let next = 0;
  for (const [speaker, own] of pieces.entries())
    if (own.length > 0) vectors[speaker] = meanOf(embedded.slice(next, (next += own.length)));
  return { activity, frames, vectors };
}

/** What a recording of one voice sounds like, of length 1; undefined when it is too short. */
export function vectorOf({ encoder }: Pick<NativeModels, 'encoder'>, samples: Float32Array): Float32Array | undefined {
  const rows = encoder.spectrogram(samples);
  const count = rows.length / melBands;
  if (count < minRows) return undefined;
  const pieces: Float32Array[] = [];
  for (let from = 0; from === 0 || from + pieceRows / 2 <= count; from += pieceRows / 2) {
    const end = Math.min(count, from + pieceRows);
    pieces.push(rows.slice(Math.max(0, end - pieceRows) * melBands, end * melBands));
    if (end === count) break;
  }
  return meanOf(embedAll(encoder, pieces));
}

/** The weight of each moment for each local speaker: low where it is uncertain and where others speak too. */
function soloWeights(activity: Float32Array, { gamma, beta }: OverlapPenalty): Float32Array {
  const weights = new Float32Array(activity.length);
  for (let at = 0; at < activity.length; at += localSpeakers) {
    let sum = 0;
    for (let i = at; i < at + localSpeakers; i++) sum += Math.exp(beta * activity[i]!);
    for (let i = at; i < at + localSpeakers; i++)
      weights[i] = (activity[i]! * (Math.exp(beta * activity[i]!) / sum)) ** gamma;
  }
  return weights;
}

/** The rows of a spectrogram in which a speaker is heard alone, one after the other. */
function soloRows(rows: Float32Array, weights: Float32Array, frames: number, speaker: number): Float32Array {
  const count = rows.length / melBands;
  const solo = new Float32Array(rows.length);
  let kept = 0;
  for (let row = 0; row < count; row++) {
    const frame = Math.min(frames - 1, Math.floor(((row + 0.5) / count) * frames));
    if (weights[frame * localSpeakers + speaker]! < minWeight) continue;
    solo.set(rows.subarray(row * melBands, (row + 1) * melBands), kept);
    kept += melBands;
  }
  return solo.subarray(0, kept);
}

/** Cuts rows into pieces as the encoder was trained on, evenly spread; few rows are one short piece. */
function piecesOf(rows: Float32Array): Float32Array[] {
  const count = rows.length / melBands;
  if (count < minRows) return [];
  const pieces = Math.min(maxPieces, Math.max(1, Math.round(count / pieceRows)));
  if (pieces === 1) return [rows.slice(Math.max(0, count - pieceRows) * melBands)];
  return Array.from({ length: pieces }, (_, piece) => {
    const from = Math.round((piece * (count - pieceRows)) / (pieces - 1)) * melBands;
    return rows.slice(from, from + pieceRows * melBands);
  });
}

/** Pieces of the same length go through the model together. */
function embedAll(encoder: NativeModels['encoder'], pieces: readonly Float32Array[]): Float32Array[] {
  const vectors = new Map<Float32Array, Float32Array>();
  for (const length of new Set(pieces.map((piece) => piece.length))) {
    const same = pieces.filter((piece) => piece.length === length);
    const values = encoder.embed(same);
    for (const [i, piece] of same.entries()) vectors.set(piece, values.subarray(i * dimensions, (i + 1) * dimensions));
  }
  return pieces.map((piece) => vectors.get(piece)!);
}

/** The direction in the middle of some vectors. */
function meanOf(vectors: readonly Float32Array[]): Float32Array | undefined {
  const sum = new Float32Array(dimensions);
  for (const vector of vectors) for (let i = 0; i < dimensions; i++) sum[i]! += vector[i]!;
  const length = Math.hypot(...sum);
  return length > 0 ? sum.map((value) => value / length) : undefined;
}

function greatest(activity: Float32Array, speaker: number): number {
  let most = 0;
  for (let i = speaker; i < activity.length; i += localSpeakers) most = Math.max(most, activity[i]!);
  return most;
}
