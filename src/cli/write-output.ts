import { HeedError } from '../errors.ts';
import { writeWhole } from '../platform/write-whole.ts';

/** Writes a file that a verb was told to write. @throws HeedError `not-found` when that is impossible */
export async function writeOutput(path: string, text: string): Promise<void> {
  try {
    await writeWhole(path, text);
  } catch (cause) {
    throw new HeedError('not-found', `${path} cannot be written: ${(cause as Error).message}`, { cause });
  }
}
