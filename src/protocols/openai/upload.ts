import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { asHeedError, HeedError } from '../../errors.ts';

/** How an upload is taken. */
export interface UploadOptions {
  /** Where the file of the form goes. */
  path: string;
  maxBytes: number;
  signal: AbortSignal;
}

/** Room for the form around the file. */
const formBytes = 256 * 1024;
const limits = { files: 1, fields: 32, parts: 40, fieldNameSize: 100, fieldSize: 16 * 1024, headerPairs: 20 };

/**
 * Takes a multipart form: its file is streamed to the disk, its other fields are answered.
 * @throws HeedError `bad-message`, `too-large`, `aborted`
 */
export async function takeUpload(request: IncomingMessage, options: UploadOptions): Promise<Map<string, string[]>> {
  const { maxBytes, signal } = options;
  const type = request.headers['content-type'] ?? '';
  if (!/^multipart\/form-data\s*;/i.test(type)) {
    throw new HeedError(
      'bad-message',
      `A form of the type multipart/form-data with a file was expected, ${type.slice(0, 100) || 'no type'} came.`,
    );
  }
  if (Number(request.headers['content-length']) > maxBytes + formBytes) throw tooLarge(maxBytes);
  const parser = openParser(request, maxBytes);
  const fields = new Map<string, string[]>();
  let file: Promise<void> | undefined;
  const parsed = new Promise<void>((resolve, reject) => {
    const fail = (error: HeedError): void => reject(error);
    const onAbort = (): void => fail(new HeedError('aborted', 'The upload was cancelled.'));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    parser.on('file', (name, stream) => {
      if (name === 'file') file = save(stream, options);
      else stream.resume();
      file?.catch((error: unknown) => fail(asHeedError(error)));
    });
    parser.on('field', (name, value, isNameCut, isValueCut) => {
      if (isNameCut || isValueCut)
        fail(new HeedError('too-large', `The field ${name} is longer than ${limits.fieldSize} bytes.`));
      else fields.set(name, [...(fields.get(name) ?? []), value]);
    });
    for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
      parser.on(limit, () =>
        fail(
          new HeedError(
            'bad-message',
            'The form has too many parts; one file and the fields of a transcription were expected.',
          ),
        ),
      );
    }
    parser.on('error', (cause: unknown) =>
      fail(new HeedError('bad-message', 'The form is damaged or cut.', { cause })),
    );
    parser.on('finish', resolve);
    request.on('error', () => {
      /* The signal tells of it. */
    });
    request.pipe(parser);
  });
  try {
    await parsed;
    if (file === undefined) throw new HeedError('bad-message', 'The form has no file; one named "file" was expected.');
    await file;
    return fields;
  } finally {
    // What is still to come is passed over, so that the client gets to read the answer.
    request.unpipe(parser);
    request.resume();
    parser.destroy();
    await file?.catch(() => {
      /* Thrown above, or made void by an earlier error. */
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
    throw new HeedError('bad-message', 'The type of the form has no boundary.', { cause });
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
    `A file of at most ${maxBytes} bytes was expected. Send a compressed or shorter one, or raise audio.maxUploadBytes.`,
  );
}
