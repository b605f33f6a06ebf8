import { z } from 'zod';
import { HeedError, quoted } from '../../errors.ts';

/** The model whose numbers describe a voice; those of two models cannot be compared. */
export interface VoiceModel {
  name: string;
  /** The checksum of its file, in hexadecimal digits. */
  sha256: string;
}

/** What a piece of somebody's speech sounded like. */
export interface VoicePiece {
  vector: Float32Array;
  /** How long it was. */
  seconds: number;
}

/** Somebody whom heed knows by voice. There is no sound in it, only numbers. */
export interface KnownVoice {
  name: string;
  model: VoiceModel;
  pieces: readonly VoicePiece[];
  /** When it was made known: an ISO date. */
  enrolledAt: string;
}

/** Letters of any script, digits, and between them what names have. */
const namePattern = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} .'’-]{0,38}[\p{L}\p{M}\p{N}.])?$/u;
/** What heed calls those whom it does not know. */
const idPattern = /^speaker\d+$/i;
/** How many numbers a vector has at most, and how many pieces a voice. */
const [maxNumbers, maxPieces] = [2_048, 16];

/** Returns a name as it is kept. @throws HeedError `bad-config` when it cannot be one */
export function checkVoiceName(text: string): string {
  const name = text.trim().normalize('NFC');
  if (!namePattern.test(name))
    throw new HeedError(
      'bad-config',
      `${quoted([text])} cannot be the name of a voice: 1 to 40 letters and digits were expected, with spaces, dots, ` +
        'hyphens and apostrophes between them.',
    );
  if (idPattern.test(name))
    throw new HeedError('bad-config', `heed calls those whom it does not know ${quoted([name])}; take another name.`);
  return name;
}

const vectorSchema = z
  .base64()
  .max(6 * maxNumbers)
  .transform((text, context) => {
    const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
    const vector = bytes.length % 4 === 0 ? new Float32Array(bytes.buffer) : undefined;
    if (vector && vector.length > 0 && vector.length <= maxNumbers && vector.every(Number.isFinite)) return vector;
    context.addIssue({ code: 'custom', message: 'finite numbers of 32 bits were expected' });
    return z.NEVER;
  });

const fileSchema = z
  .strictObject({
    format: z.literal(1),
    name: z.string(),
    model: z.strictObject({ name: z.string().max(100), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
    pieces: z
      .array(z.strictObject({ vector: vectorSchema, seconds: z.number().positive().max(3_600) }))
      .min(1)
      .max(maxPieces),
    enrolledAt: z.iso.datetime(),
    /** Nobody is made known who has not agreed to it. */
    consent: z.literal(true),
  })
  .refine(({ pieces }) => pieces.every(({ vector }) => vector.length === pieces[0]!.vector.length), {
    message: 'vectors of the same length were expected',
  });

/** Reads the text of a voice's file. @throws HeedError `bad-config` with what is wrong */
export function parseVoice(text: string): KnownVoice {
  const parsed = fileSchema.safeParse(jsonOf(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new HeedError('bad-config', `it is damaged (${[...issue!.path, issue!.message].join(': ')})`);
  }
  const { name, model, pieces, enrolledAt } = parsed.data;
  return { name: checkVoiceName(name), model, pieces, enrolledAt };
}

/** Writes a voice as the text of its file. */
export function formatVoice({ name, model, pieces, enrolledAt }: KnownVoice): string {
  const kept = pieces.map(({ vector, seconds }) => ({
    vector: Buffer.from(Float32Array.from(vector).buffer).toString('base64'),
    seconds,
  }));
  const file: z.input<typeof fileSchema> = { format: 1, name, model, pieces: kept, enrolledAt, consent: true };
  return `${JSON.stringify(file, undefined, 1)}\n`;
}

/** How much of somebody's speech a voice was made from. */
export function secondsOf({ pieces }: Pick<KnownVoice, 'pieces'>): number {
  return pieces.reduce((sum, { seconds }) => sum + seconds, 0);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
