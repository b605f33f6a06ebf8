import { z } from 'zod';
import { decodeBase64 } from '../../audio/base64.ts';
import { parseMessage } from '../../server/messages.ts';
import { textOf } from '../../server/stream-parser.ts';

/** The message that authenticates a client without a token in its address. */
export const authSchema = z.strictObject({ type: z.literal('auth'), token: z.string().max(1_000) });

/** A message: the token, or one whole WAV file. */
export type WavChunksInput = { type: 'auth'; token: string } | { type: 'audio'; bytes: Uint8Array };

/**
 * Reads a message: binary is a WAV file, text that begins like JSON is the token, other text is a WAV file in base64.
 * @throws HeedError `bad-message`, `bad-audio`
 */
export function parseWavChunksMessage(data: Uint8Array, isBinary: boolean): WavChunksInput {
  if (isBinary) return { type: 'audio', bytes: data };
  const text = textOf(data);
  return text.trimStart().startsWith('{') ? parseMessage(text, authSchema) : { type: 'audio', bytes: decodeBase64(text) };
}
