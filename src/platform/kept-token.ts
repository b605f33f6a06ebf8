import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { HeedError } from '../errors.ts';

const tokenPattern = /^[A-Za-z0-9_-]{32,200}$/;
/** Windows has no such modes; there, the folder's own access rights decide. */
const hasModes = process.platform !== 'win32';

/**
 * Returns the token that was made at the first start and kept in a file, so that open pages go on after a restart.
 * Makes both if there is none. A file or folder that others could read or change is ignored, and so is one that cannot
 * be used; then the token is new, holds until the next start only, and `log` says why.
 */
export function keptToken(file: string, log: (line: string) => void): string {
  const made = randomBytes(24).toString('base64url');
  if (file === '') return made;
  const path = resolve(file);
  try {
    checkFolder(dirname(path));
    return read(path) ?? keep(path, made);
  } catch (error) {
    log(
      `The token of the last start is not used: ${(error as Error).message} Pages that are open need the new address.`,
    );
    return made;
  }
}

/**
 * Forgets the kept token, so that the next start makes another one.
 * @throws HeedError `bad-config` when its folder is a link or others may change it
 */
export function dropToken(file: string): void {
  const path = resolve(file);
  checkFolder(dirname(path));
  rmSync(path, { force: true });
}

/** Makes the folder if it is missing. */
function checkFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stats = lstatSync(folder);
  if (!stats.isDirectory()) throw unsafe(`${folder} is a link, and no folder. Replace it with a folder.`);
  checkOwner(folder, stats);
  if (hasModes && (stats.mode & 0o022) !== 0)
    throw unsafe(`Others may change the folder ${folder}. Run: chmod 700 ${folder}`);
}

/** Returns the token in the file; undefined when there is no such file. */
function read(path: string): string | undefined {
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
    if (hasModes && (stats.mode & 0o077) !== 0)
      throw unsafe(`Others may read ${path}. Start once with: heed dev --new-token`);
    const token = stats.size > 1_000 ? '' : readFileSync(descriptor, 'utf8').trim();
    if (!tokenPattern.test(token)) throw unsafe(`${path} holds no token of heed. Delete it.`);
    return token;
  } finally {
    closeSync(descriptor);
  }
}

/** Writes the file under another name first, so that nobody ever reads a half-written one. */
function keep(path: string, token: string): string {
  const part = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    const descriptor = openSync(part, 'wx', 0o600);
    try {
      // The mask of the process may have taken even the owner's rights.
      if (hasModes) fchmodSync(descriptor, 0o600);
      writeFileSync(descriptor, `${token}\n`);
    } finally {
      closeSync(descriptor);
    }
    // Unlike a rename, a link never replaces what another heed has kept in the meantime.
    linkSync(part, path);
    return token;
  } catch (error) {
    const kept = (error as NodeJS.ErrnoException).code === 'EEXIST' ? read(path) : undefined;
    if (kept === undefined) throw error;
    return kept;
  } finally {
    rmSync(part, { force: true });
  }
}

function checkOwner(path: string, { uid }: Stats): void {
  if (process.getuid && uid !== process.getuid()) throw unsafe(`${path} belongs to another user.`);
}

function unsafe(message: string): HeedError {
  return new HeedError('bad-config', message);
}
