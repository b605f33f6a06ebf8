import { HeedError } from '../../errors.ts';
import { sampleRateHz, type VoiceScore } from '../../types.ts';
import type { Calibration } from './calibration.ts';
import type { KnownVoice, VoicePiece } from './known-voice.ts';
import { scoreVoices } from './score-voices.ts';
import type { DescribedVoice } from './speech-describer.ts';

/** A voice that was made known. */
export interface Enrolled {
  name: string;
  /** How much speech it was made from, s. */
  seconds: number;
  /** A voice that was known before and sounds so alike that they may be taken for one another. */
  alike: VoiceScore | undefined;
}

/** What a voice is made known with. */
export interface EnrolOptions {
  describe: (piece: Float32Array) => Promise<DescribedVoice>;
  /** Who else is known. */
  others: readonly KnownVoice[];
  calibration: Calibration;
}

/** How much speech is needed to know a voice again, s. */
export const enoughSeconds = 10;
/** How long a piece is, s, and how many there are at most. */
const [pieceSeconds, mostPieces] = [3, 10];
/** A piece that is so surely not of the voice of the others is of somebody else. */
const otherVoiceScore = 0.1;
/** How much of a recording may be of others: mistakes of the model. */
const maxOthersShare = 0.1;
/** From this score on, two voices are alike. */
const alikeScore = 0.5;

/**
 * Describes a voice by some pieces of its speech.
 * @throws HeedError `bad-audio` when it is too little speech, or of several voices
 */
export async function enrol(
  speech: Float32Array,
  { describe, others, calibration }: EnrolOptions,
): Promise<{ pieces: VoicePiece[]; alike: VoiceScore | undefined }> {
  const seconds = speech.length / sampleRateHz;
  if (seconds < enoughSeconds) throw tooLittle(seconds);
  const described = await Promise.all(piecesOf(speech).map(describe));
  const length = Math.min(pieceSeconds, seconds / described.length);
  const pieces = described.flatMap(({ vector }) => (vector ? [{ vector, seconds: length }] : []));
  const othersSeconds = described.reduce((sum, piece) => sum + piece.othersSeconds, 0);
  const isOdd = (piece: VoicePiece, at: number): boolean => {
    const rest = { name: '', pieces: pieces.filter((_, index) => index !== at) };
    return scoreVoices(piece, [rest], calibration)[0]!.score < otherVoiceScore;
  };
  if (othersSeconds > maxOthersShare * pieceSeconds * described.length || pieces.some(isOdd))
    throw new HeedError(
      'bad-audio',
      'More than one voice was heard in the recording. Record one person alone, without a radio or television.',
    );
  const whole = { vector: sumOf(pieces), seconds };
  const alike = others
    .map((other) => scoreVoices(whole, [other], calibration)[0]!)
    .sort((a, b) => b.score - a.score)
    .find(({ score }) => score >= alikeScore);
  return { pieces, alike };
}

/** Cuts speech into the pieces that describe a voice, evenly spread over it; they overlap rather than leave gaps. */
export function piecesOf(speech: Float32Array): Float32Array[] {
  const length = pieceSeconds * sampleRateHz;
  const count = Math.min(mostPieces, Math.ceil(speech.length / length));
  return Array.from({ length: count }, (_, piece) => {
    const from = Math.round((piece * (speech.length - length)) / Math.max(1, count - 1));
    return speech.slice(from, from + length);
  });
}

function sumOf(pieces: readonly VoicePiece[]): Float32Array {
  return pieces.reduce(
    (sum, { vector }) => sum.map((value, i) => value + vector[i]!),
    new Float32Array(pieces[0]!.vector.length),
  );
}

function tooLittle(seconds: number): HeedError {
  const missing = Math.max(1, Math.ceil(enoughSeconds - seconds));
  return new HeedError(
    'bad-audio',
    `${seconds.toFixed(1)} s of speech were heard, and ${enoughSeconds} s are needed: ` +
      `please speak for ${missing} s more.`,
  );
}
