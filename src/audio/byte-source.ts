import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { HeedError } from '../errors.ts';

/** Bytes that can be read at any position. */
export interface ByteSource {
  readonly size: number;
  /** Reads at most `length` bytes from `at`; fewer at the end. */
  read(at: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/**
 * Opens a file by its path, or wraps bytes. @throws HeedError `not-found`; `bad-audio` when it is not a regular file
 */
export async function openByteSource(source: string | Uint8Array): Promise<ByteSource> {
  if (typeof source !== 'string') {
    return {
      size: source.length,
      read: async (at, length) => source.subarray(at, at + length),
      close: async () => undefined,
    };
  }
  // Non-blocking, because opening a named pipe would otherwise wait for its writer.
  const file = await open(source, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((error: unknown) => {
    throw new HeedError('not-found', `The audio file ${source} cannot be opened. Check the path and its permissions.`, {
      cause: error,
    });
  });
  const stat = await file.stat();
  if (!stat.isFile()) {
    await file.close();
    throw new HeedError('bad-audio', `An audio file was expected, but ${source} is a folder or a device. Name a file.`);
  }
  return {
    size: stat.size,
    async read(at, length) {
      const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, at);
      return buffer.subarray(0, bytesRead);
    },
    close: () => file.close(),
  };
}
