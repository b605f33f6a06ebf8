import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HeedError } from '../errors.ts';

/** How a file is fetched. */
export interface DownloadOptions {
  /** Where it goes. */
  path: string;
  maxBytes: number;
  signal?: AbortSignal;
  /** Told how many bytes are there, and of how many, where the server tells. */
  onProgress?: (doneBytes: number, totalBytes: number | undefined) => void;
}

/** Whether a name is an address on the web rather than a path. */
export function isUrl(name: string): boolean {
  return /^https?:\/\//i.test(name) && URL.canParse(name);
}

/**
 * Fetches a file over http or https.
 * @throws HeedError `not-found` where the server has none, `fetch-failed`, `too-large`, `aborted`
 */
export async function download(url: string, options: DownloadOptions): Promise<void> {
  const { path, maxBytes, signal, onProgress } = options;
  try {
    const response = await fetch(url, signal ? { signal } : {});
    if (!response.ok || !response.body) {
      throw new HeedError(
        response.status === 404 ? 'not-found' : 'fetch-failed',
        `An audio file was expected at ${url}; the server answered ${response.status} ${response.statusText}. Check the address.`,
      );
    }
    const announced = Number(response.headers.get('content-length'));
    // A compressed transfer announces another size than the one that arrives.
    const totalBytes = announced > 0 && !response.headers.has('content-encoding') ? announced : undefined;
    if (totalBytes !== undefined && totalBytes > maxBytes) throw tooLarge(url, totalBytes, maxBytes);
    let doneBytes = 0;
    const count = new Transform({
      transform(chunk: Uint8Array, _encoding, done) {
        doneBytes += chunk.length;
        if (doneBytes > maxBytes) return done(tooLarge(url, doneBytes, maxBytes));
        onProgress?.(doneBytes, totalBytes);
        done(null, chunk);
      },
    });
    await pipeline(Readable.fromWeb(response.body), count, createWriteStream(path), signal ? { signal } : {});
  } catch (error) {
    if (signal?.aborted) throw new HeedError('aborted', `Fetching ${url} was cancelled.`, { cause: error });
    if (error instanceof HeedError) throw error;
    throw new HeedError(
      'fetch-failed',
      `${url} cannot be fetched: ${reasonOf(error)}. Check the address and the network.`,
      { cause: error },
    );
  }
}

function tooLarge(url: string, bytes: number, maxBytes: number): HeedError {
  return new HeedError(
    'too-large',
    `A file of at most ${maxBytes} bytes was expected, ${url} has ${bytes} or more. Fetch it yourself, or raise audio.maxUploadBytes.`,
  );
}

/** `fetch` tells the reason in the cause of its error. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? cause.message : message;
}
