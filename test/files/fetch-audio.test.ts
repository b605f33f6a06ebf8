import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { download, isUrl } from '../../src/files/index.ts';

let folder = '';
let path = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heed-download-'));
  path = join(folder, 'audio');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function serve(answer: RequestListener): Promise<AsyncDisposable & { url: string }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/talk.mp3`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('a file arrives whole, also after a redirect', async () => {
  await using server = await serve((request, response) => {
    if (request.url === '/talk.mp3') response.writeHead(302, { location: '/moved' }).end();
    else response.end('x'.repeat(100_000));
  });
  const seen: number[] = [];
  await download(server.url, { path, maxBytes: 100_000, onProgress: (bytes) => seen.push(bytes) });
  expect(readFileSync(path, 'utf8')).toBe('x'.repeat(100_000));
  expect(seen.at(-1)).toBe(100_000);
});

test.each<[string, RequestListener, string]>([
  ['is not there', (_request, response) => response.writeHead(404).end(), 'not-found'],
  ['is refused', (_request, response) => response.writeHead(503).end(), 'fetch-failed'],
  [
    'says that it is too large',
    (_request, response) => response.writeHead(200, { 'content-length': '2000' }).end('x'.repeat(2000)),
    'too-large',
  ],
  [
    'turns out too large',
    (_request, response) => {
      response.write('x'.repeat(600));
      response.end('x'.repeat(1400));
    },
    'too-large',
  ],
  [
    'breaks off',
    (_request, response) => {
      response.writeHead(200, { 'content-length': '900' });
      response.write('x', () => response.destroy());
    },
    'fetch-failed',
  ],
])('a file that %s is an error', async (_title, answer, code) => {
  await using server = await serve(answer);
  await expect(download(server.url, { path, maxBytes: 1_000 })).rejects.toMatchObject({ code });
});

test('a server that is not there is an error', async () => {
  const server = await serve(() => undefined);
  await server[Symbol.asyncDispose]();
  await expect(download(server.url, { path, maxBytes: 1 })).rejects.toMatchObject({
    code: 'fetch-failed',
    message: expect.stringContaining('ECONNREFUSED'),
  });
});

test('fetching can be cancelled', async () => {
  const cancel = new AbortController();
  await using server = await serve((_request, response) => {
    response.write('x', () => cancel.abort());
  });
  await expect(download(server.url, { path, maxBytes: 1_000, signal: cancel.signal })).rejects.toMatchObject({
    code: 'aborted',
  });
  expect(existsSync(path) ? readFileSync(path).length : 0).toBeLessThan(2);
});

test.each([
  ['https://example.org/a.mp3', true],
  ['HTTP://example.org', true],
  ['talk.mp3', false],
  ['C:\\talk.mp3', false],
  ['file:///etc/passwd', false],
  ['http://', false],
])('%s is an address: %s', (name, expected) => {
  expect(isUrl(name)).toBe(expected);
});
