import { expect, test } from 'vitest';
import { pcm, say } from '../../server/fake-ears.ts';
import { nextEvent, serve } from '../../server/harness.ts';
import { wavFile } from './wav-file.ts';

/** Makes half-second WAV files of a phrase at the recorder's rate. */
function chunks(
  phrase: Parameters<typeof say>[0],
  {
    rateHz = 44_100,
    channels = 2,
    ...speech
  }: { rateHz?: number; channels?: number; speechMs?: number; silenceMs?: number } = {},
): Buffer[] {
  const samples = say(phrase, { rateHz, ...speech });
  const length = rateHz / 2;
  return Array.from({ length: Math.ceil(samples.length / length) }, (_, index) =>
    wavFile(samples.subarray(index * length, (index + 1) * length), { rateHz, channels }),
  );
}

test.each([
  ['/transcribe', 44_100, 2],
  ['/transcription', 48_000, 2],
  ['/transcribe', 16_000, 1],
])(
  'on %s WAV files of %i Hz and %i channels come back as plain text, and the command runs',
  async (path, rateHz, channels) => {
    await using server = await serve();
    const client = server.connect(`${path}?token=${server.token}`);
    const done = nextEvent(server.heed.bus, 'command.completed');
    for (const chunk of chunks('turn on the lamp', { rateHz, channels })) client.send(chunk);
    expect(await client.text()).toBe('turn on the lamp');
    expect(await done).toMatchObject({ command: 'lamp' });
  },
);

test.each([
  ['base64', (chunk: Buffer) => chunk.toString('base64')],
  ['a data URL', (chunk: Buffer) => `data:audio/wav;base64,${chunk.toString('base64')}`],
])('audio may come as %s', async (_, encode) => {
  await using server = await serve();
  const client = server.connect(`/transcribe?token=${server.token}`);
  for (const chunk of chunks('what a lovely day')) client.send(encode(chunk));
  expect(await client.text()).toBe('what a lovely day');
});

test('the token may come in a header', async () => {
  await using server = await serve();
  const client = server.connect('/transcribe', { headers: { authorization: `Bearer ${server.token}` } });
  for (const chunk of chunks('turn off the lamp')) client.send(chunk);
  expect(await client.text()).toBe('turn off the lamp');
});

test('the token may come in a first message', async () => {
  await using server = await serve();
  const client = server.connect('/transcription');
  client.send({ type: 'auth', token: server.token });
  for (const chunk of chunks('turn off the lamp')) client.send(chunk);
  expect(await client.text()).toBe('turn off the lamp');
});

test('each segment is one message, in order, and nothing else is sent', async () => {
  await using server = await serve();
  const client = server.connect(`/transcribe?token=${server.token}`);
  for (const phrase of ['turn on the lamp', 'what a lovely day', 'turn off the lamp'] as const)
    for (const chunk of chunks(phrase)) client.send(chunk);
  const done = nextEvent(server.heed.bus, 'session.ended');
  expect([await client.text(), await client.text(), await client.text()]).toEqual([
    'turn on the lamp',
    'what a lovely day',
    'turn off the lamp',
  ]);
  client.socket.close();
  await done;
  expect(client.texts).toHaveLength(3);
});

test('a phrase without silence after it ends when nothing more comes, and a later one is read too', async () => {
  await using server = await serve({ idleFlushMs: 500 });
  const client = server.connect(`/transcribe?token=${server.token}`);
  for (const phrase of ['turn on the lamp', 'turn off the lamp'] as const) {
    for (const chunk of chunks(phrase, { silenceMs: 0 })) client.send(chunk);
    expect(await client.text()).toBe(phrase);
  }
});

test('files without samples and messages without bytes are ignored', async () => {
  await using server = await serve();
  const client = server.connect(`/transcribe?token=${server.token}`);
  client.send(wavFile(new Float32Array(0)));
  client.send(new Uint8Array(0));
  client.send('');
  for (const chunk of chunks('turn on the lamp')) client.send(chunk);
  expect(await client.text()).toBe('turn on the lamp');
});

test.each([
  ['binary audio without a token', '/transcribe', wavFile(new Float32Array(100)), 4401, 'unauthorized'],
  [
    'base64 audio without a token',
    '/transcription',
    wavFile(new Float32Array(100)).toString('base64'),
    4401,
    'unauthorized',
  ],
  ['a wrong token in a message', '/transcribe', '{"type":"auth","token":"wrong"}', 4401, 'unauthorized'],
  ['raw samples', '/transcribe?token=secret', pcm(say('break it')), 4400, 'bad-audio'],
  ['text that is no audio', '/transcribe?token=secret', 'hello there', 4400, 'bad-audio'],
  ['a message of another protocol', '/transcribe?token=secret', '{"type":"flush"}', 4400, 'bad-message'],
])('%s is answered with an error as JSON and a close code', async (_, path, message, code, error) => {
  await using server = await serve({ token: 'secret' });
  const client = server.connect(path);
  client.send(message);
  expect(await client.closed).toEqual({ code, reason: error });
  expect(client.texts.map((text) => JSON.parse(text) as unknown)).toEqual([
    expect.objectContaining({ type: 'error', code: error, message: expect.any(String) }),
  ]);
});

test('without a free place there is an error, and a client that leaves frees its place', async () => {
  await using server = await serve({ maxSessions: 1 });
  const ended = nextEvent(server.heed.bus, 'session.ended');
  const [first, second] = [
    server.connect(`/transcribe?token=${server.token}`),
    server.connect(`/transcribe?token=${server.token}`),
  ];
  const started = nextEvent(server.heed.bus, 'session.started');
  first.send(chunks('turn on the lamp')[0]);
  await started;
  second.send(chunks('turn on the lamp')[0]);
  expect((await second.closed).code).toBe(4429);
  first.socket.close();
  expect(await ended).toMatchObject({ reason: 'disconnected' });
  await server.start();
});
