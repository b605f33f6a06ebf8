import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { HeedError } from '../errors.ts';
import { isAlive } from '../platform/is-alive.ts';

const host = hostname().replace(/[^A-Za-z0-9]+/g, '_');
const dayMs = 24 * 60 * 60 * 1000;
const spareBytes = 16 * 1024 * 1024;

/** Runs work with a folder of its own inside the models folder, which is removed afterwards whatever happens. */
export async function withWorkspace<T>(modelsFolder: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = join(modelsFolder, `.work-${host}-${process.pid}-${randomUUID().slice(0, 8)}`);
  await mkdir(folder, { recursive: true });
  try {
    return await work(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new HeedError(
        'fetch-failed',
        `The disk is full. Free some space, or set models.dir to a folder elsewhere than ${modelsFolder}.`,
        { cause: error },
      );
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Cleans up after processes that were killed. Their unfinished downloads are kept, to be resumed. */
export async function clearAbandoned(modelsFolder: string): Promise<void> {
  for (const name of await readdir(modelsFolder)) {
    const folder = join(modelsFolder, name);
    if (!(await isAbandoned(folder, name))) continue;
    for (const file of await readdir(folder))
      if (file.endsWith('.part')) await keepLarger(join(folder, file), join(modelsFolder, file));
    await rm(folder, { recursive: true, force: true });
  }
}

/** Creates the models folder. @throws HeedError `bad-config` when nothing can be written there */
export async function prepareFolder(modelsFolder: string): Promise<void> {
  try {
    await mkdir(modelsFolder, { recursive: true });
    await access(modelsFolder, constants.W_OK);
  } catch (error) {
    throw new HeedError(
      'bad-config',
      `Nothing can be written to the models folder ${modelsFolder}. ` +
        'Set models.dir (HEED_MODELS_DIR) to a folder of yours.',
      { cause: error },
    );
  }
}

/** Moves a file, unless a larger one is there already. */
export async function keepLarger(from: string, to: string): Promise<void> {
  if ((await sizeOf(from)) <= (await sizeOf(to))) return;
  await rename(from, to);
}

/** Returns the size of a file in bytes; −1 when it does not exist. */
export async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => -1,
  );
}

/** Checks the free space before anything is written. @throws HeedError `fetch-failed` when the disk has too little */
export async function expectSpace(folder: string, neededBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const freeBytes = bavail * bsize;
  if (freeBytes < neededBytes + spareBytes) {
    const mb = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`;
    throw new HeedError(
      'fetch-failed',
      `${mb(neededBytes)} of free disk space are needed in ${folder}, but there are only ${mb(freeBytes)}. ` +
        'Free some space, or set models.dir to another folder.',
    );
  }
}

/**
 * A workspace of this machine is abandoned when its process is gone; one of another machine that shares the folder,
 * after a day.
 */
async function isAbandoned(folder: string, name: string): Promise<boolean> {
  const owner = /^\.work-(\w+)-(\d+)-/.exec(name);
  if (!owner) return false;
  if (owner[1] === host) return !isAlive(Number(owner[2]));
  return stat(folder).then(
    ({ mtimeMs }) => Date.now() - mtimeMs > dayMs,
    () => false,
  );
}
