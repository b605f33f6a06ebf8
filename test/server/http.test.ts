import { once } from 'node:events';
import { mkdtempSync, mkdirSync, readdirSync, readlinkSync, writeFileSync, rmSync } from 'node:fs';
import { Agent, request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHeed } from '../../src/index.ts';
import { protocols } from '../../src/protocols/index.ts';
import { startServer } from '../../src/server/index.ts';
import { eventually } from '../patience.ts';
import { serve } from './harness.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heed-page-'));
  mkdirSync(join(folder, 'web', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'web', 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(folder, 'web', 'assets', 'a b.js'), 'export {};');
});

afterAll(() => rmSync(folder, { recursive: true }));

const withPage = (config = {}) => serve(config, join(folder, 'web'));

/** Sends a request whose path goes out exactly as it is written. */
function rawRequest(
  port: number,
  { method = 'GET', path = '/', headers = {} }: { method?: string; path?: string; headers?: Record<string, string> },
) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    request({ port, method, path, headers, host: '127.0.0.1' }, (response) => {
      let body = '';
      response.on('data', (part: Buffer) => {
        body += part.toString();
      });
      response.on('end', () => resolve({ status: response.statusCode!, body }));
    })
      .on('error', reject)
      .end();
  });
}

test('the address of the server leads to the page, which may talk only to its own server', async () => {
  await using server = await withPage();
  expect(server.server.url).toBe(`http://127.0.0.1:${server.server.port}/?token=${server.token}`);
  const response = await fetch(server.server.url);
  expect(await response.text()).toContain('<title>page</title>');
  const policy = response.headers.get('content-security-policy')!;
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${server.server.port}`);
  expect(policy).not.toMatch(/unsafe|\*/);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-cache',
    'permissions-policy': expect.stringContaining('microphone=(self)'),
  });
});

test.each<[string, string, number, string?, Record<string, string>?]>([
  ['the page', '/', 200],
  ['nothing', '/nothing', 404],
  ['health', '/v1/health', 200],
  ['a missing token', '/v1/commands', 401],
  ['commands', '/v1/commands?token=secret', 200],
  ['metrics', '/metrics?token=secret', 200],
  ['a stream of events', '/v1/events?token=secret', 200],
  ['a preflight', '/v1/commands', 204, 'OPTIONS'],
  ['a wrong method', '/v1/commands', 405, 'PUT'],
  ['a refused upgrade', '/v1/stream?token=wrong', 401, 'GET', { connection: 'upgrade', upgrade: 'websocket' }],
])('the answer to %s can neither be embedded nor guessed at', async (_, path, status, method = 'GET', headers = {}) => {
  await using server = await withPage({ token: 'secret' });
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(server.at(path), { method, headers }, resolve).on('error', reject).end();
  });
  response.destroy();
  expect(response.statusCode).toBe(status);
  expect(response.headers).toMatchObject({
    'content-security-policy': expect.stringMatching(/^default-src 'none';.*frame-ancestors 'none'/),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
  });
});

test('a file of the page is sent again only when it has changed', async () => {
  await using server = await withPage();
  const first = await fetch(server.at('/assets/a%20b.js'));
  expect(first.headers.get('content-type')).toContain('text/javascript');
  const headers = { 'if-none-match': first.headers.get('etag')! };
  expect((await fetch(server.at('/assets/a%20b.js'), { headers })).status).toBe(304);
  writeFileSync(join(folder, 'web', 'assets', 'a b.js'), 'export default 1;');
  expect(await (await fetch(server.at('/assets/a%20b.js'), { headers })).text()).toBe('export default 1;');
});

test.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/..%5csecret.txt',
  '/%00',
  '/%',
  '/assets',
  '/assets/',
  '/v1/nothing',
  '/nothing',
  '//',
  '/index.html/x',
])('nothing is served at %s', async (path) => {
  await using server = await withPage();
  const { status, body } = await rawRequest(server.server.port, { path });
  expect([400, 404]).toContain(status);
  expect(body).not.toContain('"secret"');
  expect(Object.keys(JSON.parse(body) as object)).toEqual(['error']);
});

test('without a built page, the server says how to build it', async () => {
  await using server = await serve({}, join(folder, 'nowhere'));
  const response = await fetch(server.server.url);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({
    error: { code: 'not-found', message: expect.stringContaining('npm start') },
  });
});

test('health needs no token and reveals nothing else', async () => {
  await using server = await serve();
  const response = await fetch(server.at('/v1/health'));
  expect([response.status, await response.text()]).toEqual([200, '{"status":"ok"}']);
});

test('the commands are listed for clients with the token', async () => {
  await using server = await serve();
  expect((await fetch(server.at('/v1/commands'))).status).toBe(401);
  const response = await fetch(server.at('/v1/commands'), { headers: { authorization: `Bearer ${server.token}` } });
  const { commands, language, languages, chain, problems } = (await response.json()) as {
    commands: unknown[];
    language: string;
    problems: unknown[];
    languages: string[];
    chain: boolean;
  };
  // The engine of the test reads English only.
  expect({ languages, chain }).toEqual({ languages: ['en'], chain: true });
  expect({ language, problems }).toEqual({ language: 'en', problems: [] });
  expect(commands).toHaveLength(4);
  expect(commands[0]).toEqual({
    name: 'lamp',
    description: 'Switches the lamp.',
    contexts: [],
    risk: 'low',
    phrases: ['turn on the lamp', 'turn off the lamp'],
    examples: ['turn on the lamp'],
  });
});

test.each([
  ['a foreign name', { headers: { host: 'evil.example' } }, 403],
  ['a foreign page', { headers: { origin: 'http://evil.example' } }, 403],
  ['a foreign page that posts', { method: 'POST', headers: { origin: 'http://evil.example' } }, 403],
  ['a POST', { method: 'POST' }, 405],
  ['a DELETE', { method: 'DELETE', path: '/v1/commands' }, 405],
  ['no path', { path: '*', method: 'OPTIONS' }, 400],
])('%s is refused', async (_, options, status) => {
  await using server = await withPage();
  expect((await rawRequest(server.server.port, options)).status).toBe(status);
});

test('an allowed page may read the responses', async () => {
  await using server = await serve({ allowedOrigins: ['https://app.example'] });
  const response = await fetch(server.at('/v1/health'), { headers: { origin: 'https://app.example' } });
  expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example');
});

test('a page of an allowed origin may ask whether it may send a token, and no other page', async () => {
  await using server = await serve({ allowedOrigins: ['https://app.example'] });
  const ask = (path: string, origin: string): Promise<Response> =>
    fetch(server.at(path), {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization, content-type',
      },
    });
  const { status, headers } = await ask('/v1/audio/transcriptions', 'https://app.example');
  expect([status, headers.get('access-control-allow-origin'), headers.get('access-control-allow-methods')]).toEqual([
    204,
    'https://app.example',
    'POST',
  ]);
  expect(headers.get('access-control-allow-headers')).toBe('authorization, content-type');
  const commands = await ask('/v1/commands', 'https://app.example');
  expect(commands.headers.get('access-control-allow-methods')).toBe('GET, HEAD');
  expect((await ask('/v1/commands', 'https://evil.example')).status).toBe(403);
});

test('HEAD gets a response without a body', async () => {
  await using server = await withPage();
  const response = await fetch(server.at('/'), { method: 'HEAD' });
  expect([response.status, await response.text()]).toEqual([200, '']);
});

const get = (path: string, port: number): string => `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`;

test('who sends requests without end and reads no response is dropped, and nobody else', async () => {
  await using server = await withPage();
  const { port } = server.server;
  const socket = connect(port, '127.0.0.1').pause();
  socket.on('error', () => undefined);
  socket.write(get('/', port).repeat(1_000));
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let count = 0; count < 50; count++) {
    const [response] = (await once(request(server.at('/'), { agent }).end(), 'response')) as [IncomingMessage];
    response.resume();
    await once(response, 'end');
    expect(response.statusCode).toBe(200);
  }
  agent.destroy();
  await once(socket.resume(), 'close');
});

test.skipIf(process.platform !== 'linux')('who leaves leaves no file open, and nothing in the log', async () => {
  await using server = await withPage();
  const path = join(folder, 'web', 'large.js');
  writeFileSync(path, 'x'.repeat(8_000_000));
  const isOpen = (): boolean =>
    readdirSync('/proc/self/fd').some((name) => {
      try {
        return readlinkSync(`/proc/self/fd/${name}`) === path;
      } catch {
        return false; // It was closed meanwhile.
      }
    });
  const socket = connect(server.server.port, '127.0.0.1').pause();
  socket.write(get('/large.js', server.server.port).repeat(3));
  await eventually(() => expect(isOpen()).toBe(true));
  socket.destroy();
  await eventually(() => expect(isOpen()).toBe(false));
  expect(server.log).not.toHaveBeenCalled();
});

test('a port that is in use is named', async () => {
  await using server = await serve();
  const heed = await createHeed({ commandsDir: false, config: { server: { port: server.server.port } } });
  await expect(startServer(heed, { protocols, log: () => undefined })).rejects.toThrow(
    `Port ${server.server.port} is in use`,
  );
  await heed.close();
});
