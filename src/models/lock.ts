import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { HeedError } from '../errors.ts';
import type { WorkOptions } from './progress.ts';

const ownerSchema = z.object({ pid: z.int(), host: z.string() });
const beatMs = 5_000;
const staleAfterMs = 60_000;
const pollMs = 250;

/**
 * Runs work that one process at a time shall do; others wait. A lock whose process is gone, or that gave no sign for a
 * minute, is taken over. It saves double work only: what is written is right without it, by renaming whole files.
 */
export async function withLock<T>(path: string, work: () => Promise<T>, options: WorkOptions = {}): Promise<T> {
  while (!(await create(path))) {
    if (await isStale(path)) await discard(path);
    else {
      options.onProgress?.({ phase: 'waiting for another process that fetches it', doneBytes: 0 });
      await delay(pollMs, undefined, options.signal ? { signal: options.signal } : {}).catch((error: unknown) => {
        throw new HeedError('aborted', 'Waiting for another process was cancelled.', { cause: error });
      });
    }
  }
  // gone: taken over, which is harmless
  const beat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), beatMs).unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await rm(path, { force: true });
  }
}

/** Whether a process with this number runs on this machine. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
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
    return false; // released or half written just now: look again
  }
}

/** By renaming, so that of several processes that find it stale one removes it. */
async function discard(path: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  await rename(path, aside).catch(() => undefined); // another process was faster
  await rm(aside, { force: true });
}
