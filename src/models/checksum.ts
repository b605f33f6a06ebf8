import { readFile, rm, stat } from 'node:fs/promises';
import { z } from 'zod';
import { HeedError } from '../errors.ts';
import { writeWhole } from '../platform/write-whole.ts';
import { hashInThread, hashStream } from './hash.ts';
import type { WorkOptions } from './progress.ts';

/** What is known about a file; stored beside it as `FILE.json`. */
const noteSchema = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) });

/** Larger files are hashed in a thread of their own; with a smaller one that would only take longer. */
const threadFromBytes = 8 * 1024 * 1024;

/** Returns the sha256 of a file as hexadecimal digits, without holding up this thread. */
export async function hashFile(path: string, { onProgress, signal }: WorkOptions = {}): Promise<string> {
  const { size: totalBytes } = await stat(path);
  const options = {
    onBytes: (doneBytes: number) => onProgress?.({ phase: 'verifying', doneBytes, totalBytes }),
    signal,
  };
  try {
    return await (totalBytes < threadFromBytes ? hashStream(path, options) : hashInThread(path, options));
  } catch (error) {
    if (signal?.aborted === true) throw new HeedError('aborted', 'The verification was cancelled.', { cause: error });
    throw error;
  }
}

/** Returns the checksum that was noted beside a file when it was put there. */
export async function notedChecksum(path: string): Promise<string | undefined> {
  try {
    return noteSchema.parse(JSON.parse(await readFile(notePath(path), 'utf8'))).sha256;
  } catch {
    return undefined; // without a note, or with a damaged one, nobody knows what the file should be
  }
}

/** Notes beside a file which checksum it must have from now on. */
export async function noteChecksum(path: string, sha256: string): Promise<void> {
  await writeWhole(notePath(path), `${JSON.stringify({ sha256 })}\n`);
}

/** Removes a model file and the note beside it. */
export async function removeModelFile(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(notePath(path), { force: true });
}

function notePath(path: string): string {
  return `${path}.json`;
}
