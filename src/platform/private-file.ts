import { closeSync, constants, fstatSync, lstatSync, mkdirSync, openSync, readFileSync, type Stats } from 'node:fs';
import { HeedError } from '../errors.ts';

/** Windows has no such modes; there, the folder's own access rights decide. */
export const hasModes = process.platform !== 'win32';

/**
 * Makes a folder if it is missing, and checks that nobody else can change what is in it.
 * @throws HeedError `bad-config` when it is a link, or another user's, or others may change it
 */
export function checkPrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stats = lstatSync(folder);
  if (!stats.isDirectory()) throw unsafe(`${folder} is a link, and no folder. Replace it with a folder.`);
  checkOwner(folder, stats);
  if (hasModes && (stats.mode & 0o022) !== 0)
    throw unsafe(`Others may change the folder ${folder}. Run: chmod 700 ${folder}`);
}

/**
 * Returns the text of a file that only its owner can read; undefined when there is no such file.
 * @param fix what to do about a file that others may read
 * @throws HeedError `bad-config` when it is a link, no file, another user's, too large, or others may read it
 */
export function readPrivateFile(
  path: string,
  { maxBytes, fix }: { maxBytes: number; fix: string },
): string | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code === 'ELOOP') throw unsafe(`${path} is a link, which heed does not follow. Delete it.`);
    throw unsafe(`${path} cannot be read: ${message}.`);
  }
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw unsafe(`${path} is no file. Delete it.`);
    checkOwner(path, stats);
    if (hasModes && (stats.mode & 0o077) !== 0) throw unsafe(`Others may read ${path}. ${fix}`);
    if (stats.size > maxBytes) throw unsafe(`${path} is longer than anything that heed writes there. Delete it.`);
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}

function checkOwner(path: string, { uid }: Stats): void {
  if (process.getuid && uid !== process.getuid()) throw unsafe(`${path} belongs to another user.`);
}

function unsafe(message: string): HeedError {
  return new HeedError('bad-config', message);
}
