import { createConnection } from 'node:net';
import { expect, test } from 'vitest';
import { pcm, say } from './fake-ears.ts';
import { patient } from '../patience.ts';
import { nextEvent, serve, type TestClient } from './harness.ts';

const audio = { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 };

/** Returns the last event and the close code of a client that is refused. */
async function refusal(client: TestClient) {
  const { code, reason } = await client.closed;
  const last = client.events.findLast(({ type }) => type === 'error');
  return { code, reason, error: last?.type === 'error' ? last.code : undefined };
}

test.each([
  ['no token fits', { type: 'start', token: 'wrong' }, 4401, 'unauthorized'],
  ['there is no token', { type: 'start' }, 4401, 'unauthorized'],
  ['the token is empty', { type: 'start', token: '' }, 4401, 'unauthorized'],
  ['it is no JSON', 'hello', 4400, 'bad-message'],
  ['it is audio', new Uint8Array(640), 4400, 'bad-message'],
  ['it is another message', { type: 'flush' }, 4400, 'bad-message'],
])('a first message is refused when %s', async (_, message, code, error) => {
  await using server = await serve();
  const client = server.connect('/v1/stream');
  client.send(message);
  expect(await refusal(client)).toEqual({ code, reason: error, error });
  expect(client.types).toEqual(['error']);
});

test('a client that says nothing is refused after a while', async () => {
  await using server = await serve({ authTimeoutMs: 30 });
  expect(await refusal(server.connect('/v1/stream'))).toEqual({ code: 4408, reason: 'timeout', error: 'timeout' });
  expect(await refusal(server.connect('/v1/events'))).toMatchObject({ code: 4408 });
  expect(await refusal(server.connect('/transcribe'))).toMatchObject({ code: 4408 });
});

test.each([
  ['a foreign page', '/v1/stream', { origin: 'http://evil.example' }],
  ['a foreign name', '/v1/stream', { headers: { host: 'evil.example' } }],
  ['a foreign page', '/v1/events', { origin: 'http://evil.example' }],
  ['a foreign page', '/transcription', { origin: 'null' }],
])('%s is refused on %s before there is a WebSocket', async (_, path, options) => {
  await using server = await serve();
  expect(await server.connect(path, options).refused).toEqual({ status: 403, code: 'forbidden' });
});

test.each(['/v1/stream?token=wrong', '/v1/events?token=wrong', '/transcribe?token=wrong'])(
  'a wrong token in %s is refused before there is a WebSocket',
  async (path) => {
    await using server = await serve();
    expect(await server.connect(path).refused).toEqual({ status: 401, code: 'unauthorized' });
  },
);

test('pages of its own origin and of an allowed origin may connect', async () => {
  await using server = await serve({ allowedOrigins: ['https://app.example'] });
  for (const origin of [`http://127.0.0.1:${server.server.port}`, 'https://app.example']) {
    const client = server.connect('/v1/stream', { origin });
    client.send({ type: 'start', token: server.token });
    await client.next('session.started');
  }
});

test.each([
  ['a message that is too large', new Uint8Array(70_000), 4413, 'too-large'],
  ['audio on a stream without any', new Uint8Array(640), 4400, 'bad-message'],
  ['an unknown message', { type: 'dance' }, 4400, 'bad-message'],
])('an open stream ends with %s', async (_, message, code, error) => {
  await using server = await serve({ maxPayloadBytes: 65_536 });
  const client = await server.start();
  const ended = nextEvent(server.heed.bus, 'session.ended');
  client.send(message);
  expect(await refusal(client)).toEqual({ code, reason: error, error });
  expect(await ended).toMatchObject({ reason: error });
});

test('text that is not UTF-8 is a bad message', async () => {
  await using server = await serve();
  const client = await server.start();
  client.socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
  expect(await refusal(client)).toEqual({ code: 4400, reason: 'bad-message', error: 'bad-message' });
});

test('damaged audio is reported as such', async () => {
  await using server = await serve();
  const client = await server.start({ audio: { encoding: 'wav' } });
  client.send(Buffer.alloc(1_000, 'not audio '));
  expect(await refusal(client)).toEqual({ code: 4400, reason: 'bad-audio', error: 'bad-audio' });
});

test('an error of an open session belongs to its sequence, and subscribers get it too', async () => {
  await using server = await serve();
  const client = await server.start();
  const told = nextEvent(server.heed.bus, 'error');
  client.send('nonsense');
  const error = await client.next('error');
  expect(await told).toEqual(error);
  expect(error).toMatchObject({ session_id: client.events[0]!.session_id, seq: 1 });
});

test('sessions have a limit, and a place that becomes free can be taken', async () => {
  await using server = await serve({ maxSessions: 2 });
  const first = await server.start();
  await server.start();
  const third = server.connect('/v1/stream');
  third.send({ type: 'start', token: server.token });
  expect(await refusal(third)).toEqual({ code: 4429, reason: 'too-many', error: 'too-many' });
  first.send({ type: 'end' });
  await first.closed;
  await server.start();
});

test('one address may not connect without end', async () => {
  await using server = await serve({ maxConnectionsPerMinute: 2 });
  await server.start();
  await server.start();
  const third = server.connect('/v1/stream');
  third.send({ type: 'start', token: server.token });
  expect(await refusal(third)).toEqual({ code: 4429, reason: 'too-many', error: 'too-many' });
  expect(await server.connect(`/v1/events?token=${server.token}`).refused).toEqual({ status: 429, code: 'too-many' });
});

test('wrong tokens and foreign pages keep nobody out who has the right one', async () => {
  await using server = await serve();
  const statuses: number[] = [];
  for (let count = 0; count < 7; count++) statuses.push((await fetch(server.at('/v1/commands?token=wrong'))).status);
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
  for (let count = 0; count < 20; count++)
    expect(await server.connect('/v1/stream', { origin: 'http://evil.example' }).refused).toMatchObject({
      status: 403,
    });
  const wrong = server.connect('/v1/stream');
  wrong.send({ type: 'start', token: 'wrong' });
  expect(await refusal(wrong)).toEqual({ code: 4429, reason: 'too-many', error: 'too-many' });
  await server.start();
  expect((await fetch(server.at(`/v1/commands?token=${server.token}`))).status).toBe(200);
});

test('those who open connections and say nothing make room for those who say something', async () => {
  await using server = await serve();
  const open = await server.start();
  const silent = Array.from({ length: 200 }, () => {
    const socket = createConnection(server.server.port, '127.0.0.1');
    socket.on('error', () => undefined);
    return new Promise<void>((resolve) => socket.once('connect', resolve));
  });
  await Promise.all(silent);
  await server.start();
  open.send({ type: 'end' });
  expect(await open.closed).toMatchObject({ code: 1000 });
});

test('before the token a few bytes are taken, after it large messages too', async () => {
  await using server = await serve();
  const stranger = server.connect('/v1/stream');
  stranger.send({ type: 'start', token: 'x'.repeat(10_000) });
  expect(await refusal(stranger)).toEqual({ code: 4413, reason: 'too-large', error: 'too-large' });
  const known = server.connect('/v1/stream', { protocols: ['heed.v1', `heed.token.${server.token}`] });
  known.send(`{"type":"start"${' '.repeat(10_000)}}`);
  await known.next('session.started');
  const client = await server.start({ audio });
  client.send(new Uint8Array(32_000));
  client.send({ type: 'end' });
  expect((await client.closed).code).toBe(1000);
});

test('a message in a thousand crumbs is refused', async () => {
  await using server = await serve();
  const client = await server.start();
  for (let count = 0; count < 1_100; count++) client.socket.send('x', { fin: false });
  expect((await client.closed).code).not.toBe(1000);
});

test('audio that comes much faster than it is spoken is refused', async () => {
  await using server = await serve({ maxBurstMs: 3_000, maxRealTimeRate: 1 });
  const client = await server.start({ audio });
  for (let count = 0; count < 20; count++) client.send(new Uint8Array(32_000));
  expect(await refusal(client)).toEqual({ code: 4429, reason: 'too-many', error: 'too-many' });
});

test('while the ears are busy the socket is not read, and nothing is lost', async () => {
  await using server = await serve({ maxBufferedBytes: 400_000, maxPayloadBytes: 40_000 });
  const client = await server.start({ audio });
  server.ears.hold();
  const spoken = pcm(say('turn on the lamp', { silenceMs: 0 }));
  const quiet = new Uint8Array(32_000);
  for (let count = 0; count < 30; count++) client.send(quiet);
  for (let at = 0; at < spoken.length; at += 32_000) client.send(spoken.subarray(at, at + 32_000));
  client.send({ type: 'end' });
  server.ears.release();
  await client.closed;
  expect(client.events.find(({ type }) => type === 'segment.final')).toMatchObject({ text: 'turn on the lamp' });
});

test('the limit of pending phrases and flushes of one session ends nothing', async () => {
  await using server = await serve();
  const client = await server.start();
  client.send({ type: 'say', text: 'sleep now' });
  for (let count = 0; count < 40; count++) client.send({ type: 'flush' });
  expect(await client.next('error')).toMatchObject({ code: 'busy' });
  expect(client.socket.readyState).toBe(client.socket.OPEN);
});

test('a client that does not read its events is disconnected', async () => {
  await using server = await serve({ maxBufferedBytes: 200_000 });
  const client = await server.start();
  client.socket.pause();
  const ended = nextEvent(server.heed.bus, 'session.ended');
  const value = 'x'.repeat(50_000);
  let isEnded = false;
  void ended.then(() => {
    isEnded = true;
  });
  // What the operating system takes for a socket does not count as waiting.
  for (let count = 0; count < 1_000 && !isEnded; count++) {
    server.heed.bus.publish('heed', { type: 'state', topic: 'big', value });
    await new Promise(setImmediate);
  }
  expect(await ended).toMatchObject({ reason: 'disconnected' });
  client.socket.resume();
  expect((await client.closed).code).toBe(1013);
  expect(server.log.mock.calls.flat().join('\n')).toContain('reads too slowly');
});

test('a dead connection is dropped', async () => {
  await using server = await serve({ heartbeatMs: patient(100) });
  const dead = server.connect('/v1/stream', { autoPong: false });
  const ended = nextEvent(server.heed.bus, 'session.ended');
  dead.send({ type: 'start', token: server.token });
  expect((await dead.closed).code).toBe(1006);
  expect(await ended).toMatchObject({ reason: 'disconnected' });
});

test.each([
  ['GET /v1/nothing HTTP/1.1', '404'],
  ['GET /v1/stream/ HTTP/1.1', '404'],
  ['GET //v1/stream HTTP/1.1', '404'],
])('an upgrade of "%s" is answered %s', async (line, status) => {
  await using server = await serve();
  expect(
    await raw(
      server.server.port,
      `${line}\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n` +
        'sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    ),
  ).toContain(` ${status} `);
});

test('anything but HTTP, or half a handshake, is answered 400', async () => {
  await using server = await serve();
  expect(await raw(server.server.port, 'hello\r\n\r\n')).toContain(' 400 ');
  expect(
    await raw(
      server.server.port,
      'GET /v1/stream HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
    ),
  ).toContain(' 400 ');
});

/** Returns what the server sends back to bytes on a bare connection. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    const socket = createConnection(port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (part: Buffer) => parts.push(part));
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(parts).toString()));
  });
}
