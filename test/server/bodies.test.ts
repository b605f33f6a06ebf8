import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { HeedError } from '../../src/errors.ts';
import { watchBody } from '../../src/server/body-watch.ts';
import { eventually } from '../patience.ts';
import { serve, type TestServer } from './harness.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Sends the head of a request, and whatever of its body is given. */
async function open(
  { token, server }: TestServer,
  { path = '/v1/cases', type = 'application/json', bytes = 2_000_000, body = '', more = '' } = {},
): Promise<Socket> {
  const socket = connect(server.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(
    `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${server.port}\r\nauthorization: Bearer ${token}\r\n` +
      `content-type: ${type}\r\ncontent-length: ${bytes}\r\n${more}\r\n${body}`,
  );
  return socket;
}

const upload = {
  path: '/v1/audio/transcriptions',
  type: 'multipart/form-data; boundary=b',
  body: '--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nabc',
};

/** Resolves with the beginning of a response, once it has come. */
async function answer(socket: Socket): Promise<string> {
  const [data] = (await once(socket, 'data')) as [Buffer];
  return data.toString();
}

test.each([
  ['deep', '['.repeat(60_000)],
  ['deep and whole', `{"utterance":${'{"a":'.repeat(33)}1${'}'.repeat(34)}`],
  ['in crumbs', `[${'1,'.repeat(30_000)}1]`],
  ['in tiny texts', '""'.repeat(30_000)],
])('JSON that is %s is refused before it is parsed, in a request and in a message', async (_, json) => {
  await using server = await serve();
  const parse = vi.spyOn(JSON, 'parse');
  try {
    const response = await fetch(server.at(`/v1/cases?token=${server.token}`), { method: 'POST', body: json });
    expect(response.status).toBe(400);
    const client = server.connect(`/v1/stream?token=${server.token}`);
    client.send(json);
    expect(await client.closed).toMatchObject({ code: 4400 });
    expect(parse.mock.calls.map(([parsed]) => parsed)).not.toContain(json);
    expect(await response.json()).toMatchObject({ error: { code: 'bad-message' } });
  } finally {
    parse.mockRestore();
  }
});

test.each([
  ['a colon in a text', '{"utterance":"[[[[::::,,,,","expected":null}', 404],
  ['escaped quotes', '{"utterance":"\\\\\\"[[[[\\\\","expected":null}', 404],
  ['a text that does not end', '{"utterance":"\\"', 400],
])('%s is no structure', async (_, json, status) => {
  await using server = await serve();
  const response = await fetch(server.at(`/v1/cases?token=${server.token}`), { method: 'POST', body: json });
  expect(response.status).toBe(status);
});

test('whoever sends too much gets an answer while they send, and is never cut off before they have it', async () => {
  await using server = await serve();
  for (const more of ['', 'connection: close\r\n']) {
    const socket = await open(server, { body: 'x'.repeat(70_000), more });
    expect(await answer(socket)).toMatch(/^HTTP\/1\.1 413 [^]*"code":"too-large"/);
    const rest = text(socket);
    socket.end('x'.repeat(1_930_000));
    // A connection that is reset rejects.
    expect(await rest).toBe('');
  }
});

test('a request without its token is answered before its body, which is then taken and dropped', async () => {
  await using server = await serve();
  const socket = await open({ ...server, token: 'wrong' }, { ...upload, more: 'connection: close\r\n' });
  expect(await answer(socket)).toMatch(/^HTTP\/1\.1 401/);
  const rest = text(socket);
  socket.end('x'.repeat(2_000_000 - upload.body.length));
  expect(await rest).toBe('');
});

test.each([
  ['JSON', {}],
  ['an upload', upload],
])('the body of %s that does not come is given up', async (_, request) => {
  await using server = await serve();
  const socket = await open(server, request);
  const response = text(socket);
  await eventually(() => expect(vi.getTimerCount()).toBe(2));
  vi.advanceTimersByTime(10_000);
  expect(await response).toMatch(/^HTTP\/1\.1 408 [^]*"code":"timeout"/);
});

test('uploads that send nothing, or next to nothing, keep nobody out for long', async () => {
  await using server = await serve({ maxFiles: 2 });
  const idle = [await open(server, upload), await open(server, upload)];
  await eventually(() => expect(vi.getTimerCount()).toBe(3));
  const refused = await open(server, upload);
  expect(await answer(refused)).toMatch(/^HTTP\/1\.1 429/);
  for (const socket of idle) socket.write('a little more');
  vi.advanceTimersByTime(10_000);
  for (const socket of idle) expect(await answer(socket)).toMatch(/^HTTP\/1\.1 408/);
  const next = await open(server, { ...upload, bytes: upload.body.length });
  expect(await answer(next)).toMatch(/^HTTP\/1\.1 400 [^]*"code":"bad-message"/);
  refused.destroy();
});

test('a body that comes slowly, but comes, is waited for', () => {
  const socket = { bytesRead: 500 };
  const fail = vi.fn<(error: HeedError) => void>();
  const stop = watchBody({ socket } as IncomingMessage, fail);
  for (let count = 0; count < 20; count++) {
    socket.bytesRead += 10_240;
    vi.advanceTimersByTime(10_000);
  }
  expect(fail).not.toHaveBeenCalled();
  socket.bytesRead += 10_239;
  vi.advanceTimersByTime(10_000);
  expect(fail.mock.calls).toMatchObject([[{ code: 'timeout' }]]);
  stop();
});
