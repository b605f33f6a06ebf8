import { createHash } from 'node:crypto';
import { on } from 'node:events';
import { createReadStream } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { childModule } from '../platform/child-module.ts';

/** How a file is hashed. */
export interface HashOptions {
  /** Called with the number of bytes that have been hashed so far. */
  onBytes: (doneBytes: number) => void;
  signal?: AbortSignal | undefined;
}

/** What the thread sends: how far it is, and in the end the result or what went wrong. */
export type HashNews = { doneBytes: number } | { sha256: string } | { error: string };

/** Returns the sha256 of a file as hexadecimal digits. */
export async function hashStream(path: string, { onBytes, signal }: HashOptions): Promise<string> {
  const hash = createHash('sha256');
  let doneBytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024, ...(signal ? { signal } : {}) })) {
    hash.update(chunk as Buffer);
    doneBytes += (chunk as Buffer).length;
    onBytes(doneBytes);
  }
  return hash.digest('hex');
}

/** Does the same in a thread of its own. */
export async function hashInThread(path: string, { onBytes, signal }: HashOptions): Promise<string> {
  const { path: module, execArgv } = childModule('./hash-worker', import.meta.url);
  const worker = new Worker(module, { execArgv, workerData: path });
  try {
    for await (const [news] of on(worker, 'message', { close: ['exit'], ...(signal ? { signal } : {}) })) {
      const told = news as HashNews;
      if ('sha256' in told) return told.sha256;
      if ('error' in told) throw new Error(told.error);
      onBytes(told.doneBytes);
    }
    throw new Error('The thread that hashes has ended.');
  } finally {
    await worker.terminate();
  }
}
