import { rename, rm, writeFile } from 'node:fs/promises';
import { HeedError } from '../errors.ts';

/** Writes another file first and renames it, so that nobody can find half a file. @throws HeedError `not-found` */
export async function writeWhole(path: string, text: string): Promise<void> {
  const part = `${path}.${process.pid}.new`;
  try {
    await writeFile(part, text);
    await rename(part, path);
  } catch (cause) {
    await rm(part, { force: true });
    throw new HeedError('not-found', `${path} cannot be written: ${(cause as Error).message}`, { cause });
  }
}
