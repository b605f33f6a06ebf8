import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { HeedError } from '../errors.ts';
import { isAlive } from '../platform/is-alive.ts';
import type { WorkOptions } from './progress.ts';

const ownerSchema = z.object({ pid: z.int(), host: z.string() });
const beatMs = 5_000;
const staleAfterMs = 60_000;
const pollMs = 250;

/**
 * Runs work that only one process at a time should do; others wait. A lock is taken over when its process is gone or
 * has given no sign of life for a minute. The lock only saves work from being done twice: even without it no file is
 * damaged, because whole files are renamed into place.
 */
export async function withLock<T>(path: string, work: () => Promise<T>, options: WorkOptions = {}): Promise<T> {
  while (!(await create(path))) {
    if (await isStale(path)) await discard(path);
    else {
      options.onProgress?.({ phase: 'waiting for another process that is fetching it', doneBytes: 0 });
      await delay(pollMs, undefined, options.signal ? { signal: options.signal } : {}).catch((error: unknown) => {
        throw new HeedError('aborted', 'Waiting for another process was cancelled.', { cause: error });
      });
    }
  }
  // if it is gone, another process has taken over, which is harmless
  const beat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), beatMs).unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await rm(path, { force: true });
  }
}

async function create(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(JSON.stringify({ pid: process.pid, host: hostname() }));
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isStale(path: string): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > staleAfterMs) return true;
    const owner = ownerSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return owner.success && owner.data.host === hostname() && !isAlive(owner.data.pid);
  } catch {
    return false; // it was just released or is half written, so look again
  }
}

/** Renames the lock first, so that only one of several processes that find it stale removes it. */
async function discard(path: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  await rename(path, aside).catch(() => undefined); // another process was faster
  await rm(aside, { force: true });
}
