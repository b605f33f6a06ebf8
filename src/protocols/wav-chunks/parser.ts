import { z } from 'zod';
import { decodeBase64 } from '../../audio/base64.ts';
import { HeedError } from '../../errors.ts';
import { parseMessage, textOf } from '../../server/parse-message.ts';

/** The message that authenticates a client whose address has no token. */
export const authSchema = z.strictObject({ type: z.literal('auth'), token: z.string().max(1_000) });

/** A parsed message: the token, or one whole WAV file. */
export type WavChunksInput = { type: 'auth'; token: string } | { type: 'audio'; bytes: Uint8Array };

/**
 * Parses messages: a binary one is a WAV file, a text that begins like JSON is the token, and any other text is a WAV
 * file in base64.
 */
export class WavChunksParser {
  #state: 'authenticating' | 'open' = 'authenticating';

  /** Allows audio from now on, because the token was right. */
  open(): void {
    this.#state = 'open';
  }

  /** @throws HeedError `unauthorized` for audio before the token, `bad-message`, `bad-audio` */
  parse(data: Uint8Array, isBinary: boolean): WavChunksInput {
    const text = isBinary ? undefined : textOf(data);
    if (text?.trimStart().startsWith('{')) return parseMessage(text, authSchema);
    if (this.#state === 'authenticating') {
      throw new HeedError(
        'unauthorized',
        'Audio came before the token. Add ?token=… to the address, or send {"type":"auth","token":"…"} first.',
      );
    }
    return { type: 'audio', bytes: text === undefined ? data : decodeBase64(text) };
  }
}
