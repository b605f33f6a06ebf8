import { open } from 'node:fs/promises';
import { HeedError } from '../errors.ts';
import type { WorkOptions } from './progress.ts';
import { sizeOf } from './workspace.ts';

const maxFruitlessTries = 3;

/** How a file is downloaded. The time limits guard against hosts that cannot be reached or stop sending. */
export interface DownloadOptions extends WorkOptions {
  /** The size of the whole file, bytes. */
  sizeBytes: number;
  /** A few words for the progress report. */
  phase: string;
  connectTimeoutMs: number;
  stallTimeoutMs: number;
}

/**
 * Downloads a file over HTTP into `path`, and goes on where an earlier download ended. A connection that breaks midway
 * is opened again; a host that cannot be reached is given up at once.
 * @throws HeedError `fetch-failed` with the reason, `aborted`
 */
export async function download(url: string, path: string, options: DownloadOptions): Promise<void> {
  let fruitlessTries = 0;
  for (;;) {
    const startBytes = Math.max(0, await sizeOf(path));
    if (startBytes === options.sizeBytes) return;
    try {
      await downloadOnce(url, path, startBytes > options.sizeBytes ? 0 : startBytes, options);
    } catch (error) {
      if (options.signal?.aborted === true)
        throw new HeedError('aborted', 'The download was cancelled.', { cause: error });
      if (!(error instanceof BrokenConnection)) throw error;
      fruitlessTries = (await sizeOf(path)) > startBytes ? 0 : fruitlessTries + 1;
      if (fruitlessTries === maxFruitlessTries)
        throw new HeedError('fetch-failed', `the connection to ${new URL(url).host} broke again and again`, {
          cause: error,
        });
    }
  }
}

/** The connection ended after the response had begun, so another attempt may succeed. */
class BrokenConnection extends Error {}

async function downloadOnce(url: string, path: string, startBytes: number, options: DownloadOptions): Promise<void> {
  const { onProgress, phase, sizeBytes: totalBytes, stallTimeoutMs } = options;
  const silence = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, silence.signal]) : silence.signal;
  const response = await within(options.connectTimeoutMs, silence, () => request(url, startBytes, signal, options));
  const reader = response.body!.getReader();
  const isResumed = response.status === 206;
  let doneBytes = isResumed ? startBytes : 0;
  const file = await open(path, isResumed ? 'a' : 'w');
  try {
    for (;;) {
      const next = await within(
        stallTimeoutMs,
        silence,
        () => reader.read() as Promise<{ done: boolean; value?: Uint8Array }>,
      ).catch((error: unknown) => {
        throw new BrokenConnection('it broke', { cause: error });
      });
      if (next.done) break;
      if (doneBytes + next.value!.length > totalBytes)
        throw new HeedError(
          'fetch-failed',
          `${new URL(url).host} sends more than the ${totalBytes} bytes that were expected`,
        );
      await file.writeFile(next.value!);
      doneBytes += next.value!.length;
      onProgress?.({ phase, doneBytes, totalBytes });
    }
    if (doneBytes < totalBytes) throw new BrokenConnection(`it ended at byte ${doneBytes}`);
    await file.sync();
  } finally {
    await file.close();
    await reader.cancel().catch(() => undefined); // the connection broke already, and that error was reported
  }
}

/** Aborts the work when it takes longer than this. */
async function within<T>(timeMs: number, abort: AbortController, work: () => Promise<T>): Promise<T> {
  const timer = setTimeout(() => abort.abort(), timeMs);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}

async function request(
  url: string,
  startBytes: number,
  signal: AbortSignal,
  { sizeBytes, connectTimeoutMs }: DownloadOptions,
): Promise<Response> {
  const { host } = new URL(url);
  const headers = { 'accept-encoding': 'identity', ...(startBytes > 0 ? { range: `bytes=${startBytes}-` } : {}) };
  const response = await fetch(url, { signal, headers }).catch((error: unknown) => {
    const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
    const why = signal.aborted
      ? `no answer within ${connectTimeoutMs / 1000} s`
      : (cause?.code ?? cause?.message ?? String(error));
    throw new HeedError('fetch-failed', `${host} cannot be reached (${why})`, { cause: error });
  });
  const problem = problemOf(response, startBytes, sizeBytes);
  if (problem === undefined) return response;
  await response.body?.cancel();
  throw new HeedError('fetch-failed', `${host} ${problem}`);
}

function problemOf(
  { status, statusText, headers }: Response,
  startBytes: number,
  sizeBytes: number,
): string | undefined {
  if (status === 206) {
    const range = /^bytes (\d+)-\d+\/(\d+)$/.exec(headers.get('content-range') ?? '');
    const isWanted = Number(range?.[1]) === startBytes && Number(range?.[2]) === sizeBytes;
    return isWanted ? undefined : `answers another part than the one from byte ${startBytes} of ${sizeBytes}`;
  }
  if (status !== 200) return `answers ${status} ${statusText}`;
  const length = headers.get('content-length');
  return length === null || Number(length) === sizeBytes
    ? undefined
    : `offers a file of ${length} bytes where ${sizeBytes} were expected`;
}
