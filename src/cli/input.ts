import { createWriteStream, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { HeedError } from '../errors.ts';
import { exitCodes } from './program.ts';

/** Stands for standard input wherever a file is named. */
export const standardInput = '-';

/** How a file is named in messages. */
export function shownName(file: string): string {
  return file === standardInput ? 'standard input' : file;
}

/** Refuses `-` given twice, because standard input can be read only once. */
export function checkInputs(command: Command, files: readonly string[]): void {
  if (files.filter((file) => file === standardInput).length > 1)
    command.error('error: standard input (-) can be read only once; it was named twice.');
}

/** How standard input is kept. */
export interface InputOptions {
  maxBytes: number;
  signal?: AbortSignal;
}

/**
 * Calls back with the path of a file. For `-` that is a temporary file with all of standard input, because the formats
 * are recognised by bytes that may stand anywhere in a file.
 */
export async function withFile<T>(file: string, options: InputOptions, use: (path: string) => Promise<T>): Promise<T> {
  if (file !== standardInput) return use(file);
  const folder = await mkdtemp(join(tmpdir(), 'heed-input-'));
  const onInterrupt = (): void => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(exitCodes.interrupted);
  };
  // With a signal, the caller ends the work itself.
  if (!options.signal) process.once('SIGINT', onInterrupt);
  try {
    const path = join(folder, 'input');
    await keepInput(path, options);
    return await use(path);
  } finally {
    process.removeListener('SIGINT', onInterrupt);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes all of standard input to a file. @throws HeedError `too-large`, `aborted`, `not-found` on a terminal */
export async function keepInput(path: string, { maxBytes, signal }: InputOptions): Promise<void> {
  if (process.stdin.isTTY)
    throw new HeedError(
      'not-found',
      'A file was expected on standard input, but it is a terminal. Use: heed … - < FILE',
    );
  let bytes = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes <= maxBytes) done(null, chunk);
      else
        done(
          new HeedError(
            'too-large',
            `At most ${maxBytes} bytes were expected on standard input; more came. ` +
              'Name a file, or raise audio.maxUploadBytes if this is audio.',
          ),
        );
    },
  });
  try {
    await pipeline(process.stdin, limit, createWriteStream(path), signal ? { signal } : {});
  } catch (error) {
    if (signal?.aborted !== true) throw error;
    throw new HeedError('aborted', 'Reading standard input was cancelled.', { cause: error });
  }
}
