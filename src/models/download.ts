import { open } from 'node:fs/promises';
import { HeedError } from '../errors.ts';
import type { WorkOptions } from './progress.ts';
import { sizeOf } from './workspace.ts';

const maxFruitlessTries = 3;

/** How a file is downloaded; the times guard against hosts that are unreachable or fall silent. */
export interface DownloadOptions extends WorkOptions {
  /** Bytes the whole file has. */
  sizeBytes: number;
  /** Words for the progress. */
  phase: string;
  connectTimeoutMs: number;
  stallTimeoutMs: number;
}

/**
 * Downloads a file over HTTP into `path`, going on where an earlier download ended. A connection that breaks halfway is
 * taken up again; a host that cannot be reached is given up at once.
 * @throws HeedError `fetch-failed` says why, `aborted`
 */
export async function download(url: string, path: string, options: DownloadOptions): Promise<void> {
  let fruitlessTries = 0;
  for (;;) {
    const startBytes = Math.max(0, await sizeOf(path));
    if (startBytes === options.sizeBytes) return;
    try {
      await downloadOnce(url, path, startBytes > options.sizeBytes ? 0 : startBytes, options);
      return;
    } catch (error) {
      if (options.signal?.aborted === true) throw new HeedError('aborted', 'The download was cancelled.', { cause: error });
      if (!(error instanceof BrokenConnection)) throw error;
      fruitlessTries = await sizeOf(path) > startBytes ? 0 : fruitlessTries + 1;
      if (fruitlessTries === maxFruitlessTries) throw new HeedError('fetch-failed', `the connection to ${new URL(url).host} breaks again and again`, { cause: error });
    }
  }
}

/** The connection ended after the answer had begun: worth another try. */
class BrokenConnection extends Error {}

async function downloadOnce(url: string, path: string, startBytes: number, options: DownloadOptions): Promise<void> {
  const { onProgress, phase, sizeBytes: totalBytes } = options;
  const stall = new AbortController();
  const timer = setTimeout(() => stall.abort(), options.connectTimeoutMs);
  const signal = options.signal ? AbortSignal.any([options.signal, stall.signal]) : stall.signal;
  try {
    const response = await request(url, startBytes, signal, options);
    const isResumed = response.status === 206;
    let doneBytes = isResumed ? startBytes : 0;
    const file = await open(path, isResumed ? 'a' : 'w');
    try {
      timer.refresh();
      for await (const chunk of chunksOf(response)) {
        clearTimeout(timer);
        if (doneBytes + chunk.length > totalBytes) throw new HeedError('fetch-failed', `${new URL(url).host} sends more than the ${totalBytes} bytes that were expected`);
        await file.writeFile(chunk);
        doneBytes += chunk.length;
        onProgress?.({ phase, doneBytes, totalBytes });
      }
      if (doneBytes < totalBytes) throw new BrokenConnection(`it ended at byte ${doneBytes}`);
      await file.sync();
    } finally {
      await file.close();
    }
  } finally {
    clearTimeout(timer);
  }

  async function* chunksOf(response: Response): AsyncGenerator<Uint8Array> {
    const reader = response.body!.getReader();
    try {
      for (;;) {
        const silence = setTimeout(() => stall.abort(), options.stallTimeoutMs);
        const next: { done: boolean; value?: Uint8Array } = await reader.read()
          .catch((error: unknown) => { throw new BrokenConnection('it broke', { cause: error }); })
          .finally(() => clearTimeout(silence));
        if (next.done) return;
        yield next.value!;
      }
    } finally {
      await reader.cancel().catch(() => undefined); // the connection is broken already
    }
  }
}

async function request(url: string, startBytes: number, signal: AbortSignal, { sizeBytes, connectTimeoutMs }: DownloadOptions): Promise<Response> {
  const { host } = new URL(url);
  const response = await fetch(url, { signal, headers: startBytes > 0 ? { range: `bytes=${startBytes}-` } : {} }).catch((error: unknown) => {
    const cause = error instanceof Error ? error.cause as NodeJS.ErrnoException | undefined : undefined;
    const why = signal.aborted ? `no answer within ${connectTimeoutMs / 1000} s` : cause?.code ?? cause?.message ?? String(error);
    throw new HeedError('fetch-failed', `${host} cannot be reached (${why})`, { cause: error });
  });
  const refuse = async (reason: string): Promise<never> => {
    await response.body?.cancel();
    throw new HeedError('fetch-failed', `${host} ${reason}`);
  };
  if (response.status === 206) {
    const range = /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers.get('content-range') ?? '');
    if (Number(range?.[1]) !== startBytes || Number(range?.[2]) !== sizeBytes) await refuse(`answers another part than the one from byte ${startBytes} of ${sizeBytes}`);
    return response;
  }
  if (response.status !== 200) await refuse(`answers ${response.status} ${response.statusText}`);
  const length = response.headers.get('content-length');
  if (length !== null && Number(length) !== sizeBytes) await refuse(`offers a file of ${length} bytes where ${sizeBytes} were expected`);
  return response;
}
