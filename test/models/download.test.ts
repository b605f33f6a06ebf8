import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { download, type DownloadOptions } from '../../src/models/download.ts';
import { temporaryFolder } from './fixtures.ts';
import { deadAddress, madeUpContent, startHub } from './hub.ts';

const content = madeUpContent();

function options(more: Partial<DownloadOptions> = {}): DownloadOptions {
  return { sizeBytes: content.length, phase: 'downloading', connectTimeoutMs: 10_000, stallTimeoutMs: 10_000, ...more };
}

describe('download', () => {
  test('writes the whole file and reports its progress', async () => {
    const hub = await startHub(content);
    const path = join(temporaryFolder(), 'file.part');
    const seen: number[] = [];
    await download(hub.url, path, options({ onProgress: ({ doneBytes }) => seen.push(doneBytes) }));
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(seen.at(-1)).toBe(content.length);
  });

  test('goes on where an earlier download ended', async () => {
    const hub = await startHub(content);
    const path = join(temporaryFolder(), 'file.part');
    writeFileSync(path, content.subarray(0, 200_000));
    await download(hub.url, path, options());
    expect(hub.requests).toEqual([{ path: '/', range: 'bytes=200000-' }]);
    expect(hub.sentBytes).toBe(100_000);
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  test('starts again when the server does not support ranges, or when the kept part is too large', async () => {
    for (const kept of [content.subarray(0, 1000), Buffer.concat([content, Buffer.alloc(9)])]) {
      const hub = await startHub(content, { ignoresRange: true });
      const path = join(temporaryFolder(), 'file.part');
      writeFileSync(path, kept);
      await download(hub.url, path, options());
      expect(readFileSync(path).equals(content)).toBe(true);
    }
  });

  test('sends no request for a file that is complete', async () => {
    const path = join(temporaryFolder(), 'file.part');
    writeFileSync(path, content);
    await download(await deadAddress(), path, options());
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  test('resumes a broken connection, without fetching a byte twice', async () => {
    const hub = await startHub(content, { breakAfterBytes: [90_000, 1, 100_000] });
    const path = join(temporaryFolder(), 'file.part');
    await download(hub.url, path, options({ onProgress: ({ doneBytes }) => hub.received(doneBytes) }));
    expect(hub.requests.map(({ range }) => range)).toEqual([
      undefined,
      'bytes=90000-',
      'bytes=90001-',
      'bytes=190001-',
    ]);
    expect(hub.sentBytes).toBe(content.length);
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  test('gives up after a connection has brought nothing three times', async () => {
    const hub = await startHub(content, { breakAfterBytes: [1000, 0, 0, 0, 0] });
    const path = join(temporaryFolder(), 'file.part');
    const work = download(hub.url, path, options({ onProgress: ({ doneBytes }) => hub.received(doneBytes) }));
    await expect(work).rejects.toMatchObject({
      code: 'fetch-failed',
      message: expect.stringMatching(/broke again and again/),
    });
    expect(hub.requests).toHaveLength(4);
    expect(readFileSync(path)).toHaveLength(1000);
  });

  test.each([
    ['an address where nothing listens', undefined, /127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)/],
    ['a server that says nothing', { isSilent: true }, /cannot be reached \(no answer within 0\.05 s\)/],
    ['a file that is not there', { status: 404 }, /answers 404 Not Found/],
    [
      'a login page',
      { content: Buffer.from('<html>Welcome to our Wi-Fi</html>') },
      /offers a file of 33 bytes where 300000 were expected/,
    ],
  ])('gives up at once on %s', async (_, faults, message) => {
    const hub = faults ? await startHub(content, faults) : undefined;
    const work = download(
      hub?.url ?? (await deadAddress()),
      join(temporaryFolder(), 'file.part'),
      options({ connectTimeoutMs: faults && 'isSilent' in faults ? 50 : 10_000 }),
    );
    await expect(work).rejects.toMatchObject({ code: 'fetch-failed', message: expect.stringMatching(message) });
    // A busy server may not even have seen the one whose answer was awaited for so short a time.
    expect(hub?.requests.length ?? 0).toBeLessThanOrEqual(1);
  });

  test('gives up on a host name that does not exist, without trying again', async () => {
    await expect(
      download('http://no-such-host.invalid/file', join(temporaryFolder(), 'file.part'), options()),
    ).rejects.toMatchObject({
      code: 'fetch-failed',
      message: expect.stringMatching(/no-such-host\.invalid cannot be reached/),
    });
  });

  test('stops when it is cancelled, and keeps what it has', async () => {
    const hub = await startHub(content, { breakAfterBytes: [100_000] });
    const path = join(temporaryFolder(), 'file.part');
    const abort = new AbortController();
    const work = download(
      hub.url,
      path,
      options({
        signal: abort.signal,
        onProgress: ({ doneBytes }) => {
          if (doneBytes === 100_000) abort.abort();
        },
      }),
    );
    await expect(work).rejects.toMatchObject({ code: 'aborted' });
    expect(readFileSync(path).equals(content.subarray(0, 100_000))).toBe(true);
  });
});
