import { createConnection } from 'node:net';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { eventSchema, eventTypes } from '../../src/events/index.ts';
import { patient } from '../patience.ts';
import { serve, type TestServer } from './harness.ts';

vi.setConfig({ testTimeout: patient(40_000) });

const token = 'secret';
const generous = {
  token,
  maxConnectionsPerMinute: 100_000,
  maxPayloadBytes: 5_000,
  maxBufferedBytes: 50_000,
  maxSubscribers: 1_000,
  maxSessions: 1_000,
  resumeMs: 1,
};
const codes = [1000, 4400, 4401, 4410, 4413, 4429];

const known = fc
  .constantFrom<unknown>(
    { type: 'start', token },
    { type: 'start', token, audio: { encoding: 'wav' } },
    { type: 'start', token, resumable: true },
    { type: 'resume', token, resume_token: 'x', audio_from: 0 },
    { type: 'age', ms: 5_000 },
    { type: 'start', token, audio: { encoding: 'wav-chunks' } },
    { type: 'start', token, audio: { encoding: 'pcm_f32le', sample_rate: 8_000, channels: 3 } },
    { type: 'auth', token },
    { type: 'subscribe', token },
    { type: 'flush' },
    { type: 'say', text: 'turn on the lamp' },
    { type: 'answer', prompt_id: 'p', text: 'yes' },
    { type: 'audio', data: 'UklGRg==' },
  )
  .map((message) => JSON.stringify(message));
const near = fc
  .record(
    {
      type: fc.constantFrom('start', 'auth', 'subscribe', 'audio', 'flush', 'say', 'answer', 'end'),
      token: fc.oneof(fc.constant(token), fc.jsonValue()),
      audio: fc.jsonValue(),
      text: fc.jsonValue(),
      data: fc.jsonValue(),
      types: fc.subarray([...eventTypes]),
    },
    { requiredKeys: ['type'] },
  )
  .map((message) => JSON.stringify(message));
const riff = fc
  .uint8Array({ maxLength: 200 })
  .map((bytes) => Buffer.concat([Buffer.from('RIFF\xff\xff\xff\xffWAVEfmt ', 'latin1'), bytes]));
const message = fc.oneof(
  known,
  known,
  near,
  riff,
  fc.uint8Array({ maxLength: 6_000 }),
  fc.json(),
  fc.string({ unit: 'binary' }),
  fc.base64String(),
);
const path = fc.constantFrom(
  '/v1/stream',
  '/v1/events',
  '/transcribe',
  '/transcription',
  `/v1/events?token=${token}`,
  `/transcribe?token=${token}`,
);

/** Checks that nothing unforeseen happened and that the server still serves. */
async function expectSound(server: TestServer): Promise<void> {
  expect(server.log.mock.calls.flat().filter((line) => /internal|listener failed/i.test(line))).toEqual([]);
  expect((await fetch(server.at('/v1/health'))).status).toBe(200);
}

test('whatever a WebSocket client sends is accepted, or refused with a coded error', async () => {
  await using server = await serve(generous);
  await fc.assert(
    fc.asyncProperty(path, fc.array(message, { minLength: 1, maxLength: 8 }), async (where, messages) => {
      const client = server.connect(where);
      for (const said of messages) client.send(said);
      // On every path, this is the end, or a message that does not belong there.
      client.send({ type: 'end' });
      const { code } = await client.closed;
      expect(codes).toContain(code);
      const last = client.texts.at(-1);
      if (code >= 4000)
        expect(eventSchema.parse(JSON.parse(last!))).toMatchObject({
          type: 'error',
          code: expect.stringMatching(/^[a-z-]+$/),
        });
    }),
    { numRuns: 150 },
  );
  await expectSound(server);
});

test('whenever clients leave, every session that began ends, and nothing of it remains', async () => {
  await using server = await serve(generous);
  const open = new Set<string>();
  let emptied = (): void => undefined;
  server.heed.bus.subscribe({ types: ['session.started', 'session.ended'] }, ({ type, session_id }) => {
    if (type === 'session.started') open.add(session_id);
    else open.delete(session_id);
    if (open.size === 0) emptied();
  });
  const starts = fc.constantFrom(
    '{"type":"start","token":"secret"}',
    '{"type":"start","token":"secret","audio":{"encoding":"wav-chunks"},"resumable":true}',
    '{"type":"start","token":"secret","audio":{"encoding":"wav-chunks"}}',
  );
  await fc.assert(
    fc.asyncProperty(
      path,
      starts,
      fc.array(message, { maxLength: 4 }),
      fc.nat(3),
      async (where, start, messages, turns) => {
        const client = server.connect(where);
        for (const said of [start, ...messages]) client.send(said);
        await client.opened;
        for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
        client.socket.terminate();
        await client.closed;
      },
    ),
    { numRuns: 100 },
  );
  if (open.size > 0)
    await new Promise<void>((resolve) => {
      emptied = resolve;
    });
  expect(server.ears.openStreams).toBe(0);
  await expectSound(server);
});

test('whatever a client sends instead of HTTP, the server serves the next one', async () => {
  await using server = await serve(generous);
  const line = fc
    .tuple(
      fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'OPTIONS', 'X'),
      fc.oneof(fc.webPath(), fc.string(), path),
      fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/9'),
    )
    .map((parts) => parts.join(' '));
  const header = fc
    .tuple(
      fc.constantFrom(
        'host',
        'origin',
        'authorization',
        'last-event-id',
        'upgrade',
        'connection',
        'content-length',
        'sec-websocket-key',
        'x',
      ),
      fc.oneof(fc.string(), fc.constantFrom('localhost', 'websocket', 'upgrade', '5')),
    )
    .map((parts) => parts.join(': '));
  const request = fc
    .tuple(line, fc.array(header, { maxLength: 6 }))
    .map(([first, headers]) => Buffer.from(`${first}\r\n${headers.join('\r\n')}\r\n\r\n`));
  await fc.assert(
    fc.asyncProperty(fc.oneof(request, fc.uint8Array({ maxLength: 500 })), async (bytes) => {
      await new Promise<void>((resolve) => {
        const socket = createConnection(server.server.port, '127.0.0.1', () => socket.end(bytes));
        socket.on('error', () => undefined);
        socket.on('close', () => resolve());
        socket.on('data', () => socket.destroy());
      });
    }),
    { numRuns: 200 },
  );
  await expectSound(server);
});
