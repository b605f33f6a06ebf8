import { randomUUID } from 'node:crypto';
import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { chmod, rename, rm, writeFile } from 'node:fs/promises';

/** How a file is written. */
export interface WriteOptions {
  /** Who may read and write it, whatever the mask of the process is; default: as the mask says. */
  mode?: number;
}

/**
 * Writes a file as a whole: another one first, which then takes its name, so that nobody ever finds half a file. If
 * that fails, it rejects with what the file system says, and the old file is as it was.
 */
export async function writeWhole(path: string, data: string | Uint8Array, { mode }: WriteOptions = {}): Promise<void> {
  const part = partOf(path);
  try {
    await writeFile(part, data, { flag: 'wx', ...(mode === undefined ? {} : { mode }) });
    if (mode !== undefined) await chmod(part, mode);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** `writeWhole` for where nothing can be awaited. */
export function writeWholeSync(path: string, data: string | Uint8Array, { mode }: WriteOptions = {}): void {
  const part = partOf(path);
  try {
    writeFileSync(part, data, { flag: 'wx', ...(mode === undefined ? {} : { mode }) });
    if (mode !== undefined) chmodSync(part, mode);
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

/** A name that nobody else uses, in the same folder: a file can only take a name on its own disk in one step. */
function partOf(path: string): string {
  return `${path}.${randomUUID()}.new`;
}
