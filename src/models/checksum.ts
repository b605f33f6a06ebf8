import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { z } from 'zod';
import { HeedError } from '../errors.ts';
import { writeWhole } from '../platform/write-whole.ts';
import type { WorkOptions } from './progress.ts';

/** What was known about a file when it was last hashed; stored beside the file as `FILE.json`. */
const noteSchema = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sizeBytes: z.int().min(0),
  mtimeMs: z.number(),
});

/** Returns the sha256 of a file as hexadecimal digits. */
export async function hashFile(path: string, { onProgress, signal }: WorkOptions = {}): Promise<string> {
  const { size: totalBytes } = await stat(path);
  const hash = createHash('sha256');
  let doneBytes = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024, ...(signal ? { signal } : {}) })) {
      hash.update(chunk as Buffer);
      doneBytes += (chunk as Buffer).length;
      onProgress?.({ phase: 'verifying', doneBytes, totalBytes });
    }
  } catch (error) {
    if (signal?.aborted === true) throw new HeedError('aborted', 'The verification was cancelled.', { cause: error });
    throw error;
  }
  return hash.digest('hex');
}

/** Returns the checksum noted beside a file if neither its size nor its time has changed since, otherwise undefined. */
export async function notedChecksum(path: string): Promise<string | undefined> {
  const note = await readNote(path);
  if (!note) return undefined;
  const { size, mtimeMs } = await stat(path);
  return note.sizeBytes === size && note.mtimeMs === mtimeMs ? note.sha256 : undefined;
}

/** Returns the checksum noted beside a file, whether or not the file has changed since. */
export async function expectedChecksum(path: string): Promise<string | undefined> {
  return (await readNote(path))?.sha256;
}

/** Notes a file's checksum beside it, so that it need not be hashed again until it changes. */
export async function noteChecksum(path: string, sha256: string): Promise<void> {
  const { size, mtimeMs } = await stat(path);
  await writeWhole(notePath(path), `${JSON.stringify({ sha256, sizeBytes: size, mtimeMs })}\n`);
}

/** Removes a model file and the note beside it. */
export async function removeModelFile(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(notePath(path), { force: true });
}

async function readNote(path: string): Promise<z.infer<typeof noteSchema> | undefined> {
  try {
    return noteSchema.parse(JSON.parse(await readFile(notePath(path), 'utf8')));
  } catch {
    return undefined; // without a note, or with a damaged one, the file is hashed again
  }
}

function notePath(path: string): string {
  return `${path}.json`;
}
