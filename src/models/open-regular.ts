import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { HeedError } from '../errors.ts';

/** The longest text beside a model's weights, bytes; a vocabulary takes up to 4 MB. */
const maxTextBytes = 16 * 1024 * 1024;

/**
 * Opens a file that somebody names as part of a model. Opening a pipe may wait for ever, and reading a device never
 * ends, so both are refused.
 * @param advice is added to the message about what is no file
 * @throws HeedError `not-found`, `bad-model`
 */
export async function openRegular(path: string, advice = ''): Promise<{ file: FileHandle; sizeBytes: number }> {
  // Windows has neither the flag nor pipes among its files.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((error: unknown) => {
    throw new HeedError('not-found', `The model file ${path} cannot be opened. Check the path and its permissions.`, {
      cause: error,
    });
  });
  const stat = await file.stat();
  if (stat.isFile()) return { file, sizeBytes: stat.size };
  await file.close();
  throw new HeedError('bad-model', `A file was expected, but ${path} is a folder, a pipe or a device.${advice}`);
}

/** Reads a text that belongs to a model. @throws HeedError `not-found`, `bad-model` */
export async function readModelText(path: string): Promise<string> {
  const { file, sizeBytes } = await openRegular(path);
  try {
    if (sizeBytes > maxTextBytes)
      throw new HeedError('bad-model', `${path} has ${sizeBytes} bytes; at most ${maxTextBytes} were expected.`);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}
