import { decodeBase64 } from '../../audio/base64.ts';
import { HeedError } from '../../errors.ts';
import { parseMessage, textOf } from '../../server/parse-message.ts';
import { z } from 'zod';
import { resumeSchema, startSchema, streamMessageSchema } from './messages.ts';
import type { ResumeMessage, StartMessage, StreamMessage } from './messages.ts';

/** A message of a session. Audio is given as bytes, whether it came as binary or as base64. */
export type SessionInput = Exclude<StreamMessage, { type: 'audio' }> | { type: 'audio'; bytes: Uint8Array };

/** A message of `/v1/stream`: one that begins or resumes a session, or one of a session. */
export type StreamInput = StartMessage | ResumeMessage | SessionInput;

const firstSchema = z.discriminatedUnion('type', [startSchema, resumeSchema]);

/** Parses the messages of one stream, and checks that they come in an order that the protocol allows. */
export class StreamParser {
  #state: 'authenticating' | 'phrases' | 'audio' | 'ended' = 'authenticating';

  /** @throws HeedError `bad-message`, `bad-audio` */
  parse(data: Uint8Array, isBinary: boolean): StreamInput {
    if (this.#state === 'authenticating') return this.#parseFirst(data, isBinary);
    if (isBinary) return this.#audio(data);
    const message = parseMessage(textOf(data), streamMessageSchema);
    if (this.#state === 'ended' && message.type !== 'answer' && message.type !== 'age') {
      throw new HeedError(
        'bad-message',
        `After "end", only answers may come; "${message.type}" came. Open another connection.`,
      );
    }
    if (message.type === 'audio') return this.#audio(decodeBase64(message.data));
    if (message.type === 'end') this.#state = 'ended';
    return message;
  }

  #parseFirst(data: Uint8Array, isBinary: boolean): StartMessage | ResumeMessage {
    if (isBinary)
      throw new HeedError(
        'bad-message',
        'The first message must be the text {"type":"start","token":"…"}; a binary message came.',
      );
    const first = parseMessage(textOf(data), firstSchema);
    // A session that is resumed has a parser already. If it cannot be resumed, another start may come.
    if (first.type === 'start') this.#state = first.audio ? 'audio' : 'phrases';
    return first;
  }

  #audio(bytes: Uint8Array): SessionInput {
    if (this.#state === 'audio') return { type: 'audio', bytes };
    throw new HeedError(
      'bad-message',
      this.#state === 'ended'
        ? 'After "end", only answers may come; audio came. Open another connection.'
        : 'Audio came on a stream that declared none. ' +
            'Name its format in the start message, such as "audio":{"encoding":"wav"}.',
    );
  }
}
