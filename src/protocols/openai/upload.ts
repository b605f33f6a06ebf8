import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { asHeedError, HeedError } from '../../errors.ts';
import { watchBody } from '../../server/body-watch.ts';
import { maxKnownSpeakers } from './fields.ts';

/** How an upload is taken. */
export interface UploadOptions {
  /** The path that the file of the form is written to. */
  path: string;
  maxBytes: number;
  signal: AbortSignal;
}

/** The most bytes of a field, and of one that has a recording in it: 10 s of 48 kHz stereo, in base64. */
const [fieldBytes, recordingBytes] = [16 * 1024, 4 * 1024 * 1024];
/** The most bytes of a form besides its file. */
const formBytes = 256 * 1024 + maxKnownSpeakers * recordingBytes;
const limits = { files: 1, fields: 32, parts: 40, fieldNameSize: 100, fieldSize: recordingBytes, headerPairs: 20 };

/**
 * Takes a multipart form: streams its file to the disk and returns its other fields.
 * @throws HeedError `bad-message`, `too-large`, `timeout`, `aborted`
 */
export async function takeUpload(request: IncomingMessage, options: UploadOptions): Promise<Map<string, string[]>> {
  const { maxBytes, signal } = options;
  const type = request.headers['content-type'] ?? '';
  if (!/^multipart\/form-data\s*;/i.test(type)) {
    throw new HeedError(
      'bad-message',
      `A form of the type multipart/form-data was expected; ${type.slice(0, 100) || 'a request without a type'} came.`,
    );
  }
  if (Number(request.headers['content-length']) > maxBytes + formBytes) throw tooLarge(maxBytes);
  const parser = openParser(request, maxBytes);
  const fields = new Map<string, string[]>();
  let file: Promise<void> | undefined;
  /** Ends the writing of a file whose rest will not come. */
  const cutOff = new AbortController();
  let stop = (): void => undefined;
  const parsed = new Promise<void>((resolve, reject) => {
    const fail = (error: HeedError): void => reject(error);
    stop = watchBody(request, fail);
    const onAbort = (): void => fail(new HeedError('aborted', 'The upload was cancelled.'));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    parser.on('file', (name, stream) => {
      if (name === 'file') file = save(stream, { ...options, signal: AbortSignal.any([signal, cutOff.signal]) });
      else stream.resume();
      file?.catch((error: unknown) => fail(asHeedError(error)));
    });
    let taken = 0;
    parser.on('field', (name, value, isNameCut, isValueCut) => {
      const most = name.startsWith('known_speaker_references') ? recordingBytes : fieldBytes;
      taken += value.length;
      if (isNameCut || isValueCut || value.length > most)
        fail(new HeedError('too-large', `The field ${name} is longer than ${most} bytes.`));
      else if (taken > formBytes)
        fail(new HeedError('too-large', `The fields of the form are longer than ${formBytes} bytes.`));
      else fields.set(name, [...(fields.get(name) ?? []), value]);
    });
    for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
      parser.on(limit, () =>
        fail(
          new HeedError(
            'bad-message',
            'The form has too many parts. One file and the fields of a transcription were expected.',
          ),
        ),
      );
    }
    parser.on('error', (cause: unknown) =>
      fail(new HeedError('bad-message', 'The form is damaged or incomplete. Send it again.', { cause })),
    );
    parser.on('finish', resolve);
    request.on('error', () => {
      /* Harmless, because the signal is aborted too when the client leaves. */
    });
    request.pipe(parser);
  });
  try {
    await parsed;
    if (file === undefined)
      throw new HeedError('bad-message', 'The form has no file. Send it in a field named "file".');
    await file;
    return fields;
  } finally {
    stop();
    cutOff.abort();
    // The rest of the request is read and discarded; otherwise the client might not read the response.
    request.unpipe(parser);
    request.resume();
    parser.destroy();
    await file?.catch(() => {
      /* Either this error was thrown above, or an earlier one made it irrelevant. */
    });
  }
}

function openParser(request: IncomingMessage, maxBytes: number): BusboyInstance {
  try {
    return new Busboy({
      headers: { ...request.headers, 'content-type': request.headers['content-type']! },
      limits: { ...limits, fileSize: maxBytes },
    });
  } catch (cause) {
    throw new HeedError('bad-message', 'The content-type of the form names no boundary.', { cause });
  }
}

async function save(stream: BusboyFileStream, { path, maxBytes, signal }: UploadOptions): Promise<void> {
  const cut = new AbortController();
  stream.on('limit', () => cut.abort());
  try {
    await pipeline(stream, createWriteStream(path, { flags: 'wx', mode: 0o600 }), {
      signal: AbortSignal.any([signal, cut.signal]),
    });
  } catch (error) {
    if (cut.signal.aborted) throw tooLarge(maxBytes);
    if (signal.aborted) throw new HeedError('aborted', 'The upload was cancelled.', { cause: error });
    throw error;
  }
  if (stream.truncated) throw tooLarge(maxBytes);
}

function tooLarge(maxBytes: number): HeedError {
  return new HeedError(
    'too-large',
    `A file of at most ${maxBytes} bytes was expected; a larger one came. ` +
      'Send a compressed or shorter one, or raise audio.maxUploadBytes.',
  );
}
