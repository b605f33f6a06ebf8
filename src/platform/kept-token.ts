import { randomBytes } from 'node:crypto';
import { closeSync, fchmodSync, linkSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { HeedError } from '../errors.ts';
import { checkPrivateFolder, hasModes, readPrivateFile } from './private-file.ts';

const tokenPattern = /^[A-Za-z0-9_-]{32,200}$/;

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
    checkPrivateFolder(dirname(path));
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
  checkPrivateFolder(dirname(path));
  rmSync(path, { force: true });
}

/** Returns the token in the file; undefined when there is no such file. */
function read(path: string): string | undefined {
  const text = readPrivateFile(path, { maxBytes: 1_000, fix: 'Start once with: heed dev --new-token' });
  const token = text?.trim();
  if (token !== undefined && !tokenPattern.test(token))
    throw new HeedError('bad-config', `${path} holds no token of heed. Delete it.`);
  return token;
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
