import { expect, test } from 'vitest';
import { encodeWav } from '../../src/audio/index.ts';
import { pcm, say } from './fake-ears.ts';
import { nextEvent, serve } from './harness.ts';

const audio = { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 };

test('a spoken command runs and its events come in order, then the end is answered', async () => {
  await using server = await serve();
  const client = await server.start({ audio });
  client.send(pcm(say('turn on the lamp')));
  expect((await client.next('segment.final')).text).toBe('turn on the lamp');
  expect(await client.next('command.completed')).toMatchObject({ command: 'lamp', say: 'Done.' });
  client.send({ type: 'end' });
  expect((await client.next('session.ended')).reason).toBe('ended');
  expect(await client.closed).toEqual({ code: 1000, reason: 'ended' });
  expect(client.types).toEqual([
    'session.started',
    'speech.started',
    'speech.ended',
    'segment.final',
    'command.matched',
    'state',
    'command.completed',
    'session.ended',
  ]);
});

test('the sequence numbers of a session have no gap', async () => {
  await using server = await serve();
  const client = await server.start({ audio });
  for (const phrase of ['turn on the lamp', 'what a lovely day'] as const) client.send(pcm(say(phrase)));
  client.send({ type: 'end' });
  await client.closed;
  const own = client.events.filter(({ session_id }) => session_id === client.events[0]!.session_id);
  expect(own.length).toBeGreaterThan(8);
  expect(own.map(({ seq }) => seq)).toEqual(own.map((_, index) => index));
});

test.each([
  [
    'raw floats',
    { encoding: 'pcm_f32le', sample_rate: 16_000, channels: 1 },
    16_000,
    (samples: Float32Array) => [new Uint8Array(samples.buffer)],
  ],
  ['raw 48 kHz', { ...audio, sample_rate: 48_000 }, 48_000, (samples: Float32Array) => [pcm(samples)]],
  ['bytes cut anywhere', audio, 16_000, (samples: Float32Array) => cut(pcm(samples), 997)],
  ['one WAV stream', { encoding: 'wav' }, 16_000, (samples: Float32Array) => cut(encodeWav(samples), 4_096)],
  ['many WAV files', { encoding: 'wav-chunks' }, 16_000, (samples: Float32Array) => cut(samples, 8_000).map(encodeWav)],
] as const)('audio may come as %s', async (_, format, rateHz, encode) => {
  await using server = await serve();
  const client = await server.start({ audio: format });
  for (const part of encode(say('turn off the lamp', { rateHz }))) client.send(part);
  expect((await client.next('segment.final')).text).toBe('turn off the lamp');
});

test('audio may come as base64 in text', async () => {
  await using server = await serve();
  const client = await server.start({ audio });
  client.send({ type: 'audio', data: pcm(say('turn off the lamp')).toString('base64') });
  expect((await client.next('segment.final')).text).toBe('turn off the lamp');
});

test('a flush ends the phrase at once, without silence, and the next phrase is read too', async () => {
  await using server = await serve();
  const client = await server.start({ audio });
  for (const phrase of ['turn on the lamp', 'turn off the lamp'] as const) {
    client.send(pcm(say(phrase, { silenceMs: 0 })));
    client.send({ type: 'flush' });
    expect((await client.next('speech.ended')).reason).toBe('flush');
    expect((await client.next('segment.final')).text).toBe(phrase);
  }
});

test('the end message still reads what is being said', async () => {
  await using server = await serve();
  const client = await server.start({ audio });
  client.send(pcm(say('turn on the lamp', { silenceMs: 0 })));
  client.send({ type: 'end' });
  await client.closed;
  expect(client.types.slice(-3)).toEqual(['state', 'command.completed', 'session.ended']);
});

test('typed phrases need no audio and no ears', async () => {
  await using server = await serve();
  const client = await server.start();
  client.send({ type: 'say', text: 'Turn on the lamp, please!' });
  expect((await client.next('command.completed')).command).toBe('lamp');
  client.send({ type: 'say', text: 'nothing of the kind' });
  expect((await client.next('command.unmatched')).text).toBe('nothing of the kind');
  expect(server.loadVad).not.toHaveBeenCalled();
});

test('a command asks, and is answered while it runs, also after the end', async () => {
  await using server = await serve();
  const client = await server.start();
  client.send({ type: 'say', text: 'paint the wall' });
  const prompt = await client.next('prompt');
  expect(prompt).toMatchObject({ kind: 'ask', text: 'Which colour?' });
  client.send({ type: 'end' });
  client.send({ type: 'answer', prompt_id: prompt.prompt_id, text: 'blue' });
  expect((await client.next('command.completed')).say).toBe('It is blue now.');
  expect(await client.closed).toMatchObject({ code: 1000 });
});

test('an answer without an open question is reported and ends nothing', async () => {
  await using server = await serve();
  const client = await server.start();
  client.send({ type: 'answer', prompt_id: 'gone', text: 'blue' });
  expect((await client.next('error')).code).toBe('not-found');
  client.send({ type: 'say', text: 'turn on the lamp' });
  await client.next('command.completed');
});

test('a client gets only the events of its own session and the common ones', async () => {
  await using server = await serve();
  const [one, other] = [await server.start(), await server.start()];
  one.send({ type: 'say', text: 'turn on the lamp' });
  await one.next('command.completed');
  expect((await other.next('state')).value).toEqual({ on: true });
  expect(other.types).toEqual(['session.started', 'state']);
});

test('kept states come right after the start', async () => {
  await using server = await serve();
  for (const value of [1, 2]) server.heed.bus.publish('heed', { type: 'state', topic: 'house', value });
  server.heed.bus.publish('heed', { type: 'state', topic: 'timer', value: 3 });
  const client = await server.start();
  expect([await client.next('state'), await client.next('state')]).toMatchObject([
    { topic: 'house', value: 2 },
    { topic: 'timer', value: 3 },
  ]);
  expect(client.types).toEqual(['session.started', 'state', 'state']);
});

test('a client that names types gets those types, and errors', async () => {
  await using server = await serve();
  const client = server.connect('/v1/stream');
  client.send({ type: 'start', token: server.token, types: ['command.completed'] });
  client.send({ type: 'answer', prompt_id: 'gone', text: 'blue' });
  client.send({ type: 'say', text: 'turn on the lamp' });
  await client.next('command.completed');
  expect(client.types).toEqual(['error', 'command.completed']);
});

test('what a handler throws without meaning it for the speaker stays in the log', async () => {
  await using server = await serve();
  const client = await server.start();
  client.send({ type: 'say', text: 'break it' });
  await client.next('command.failed');
  expect(client.texts.join('\n')).not.toContain('secret detail');
});

test('a session ends when its socket does, and gives its place and its VAD stream back', async () => {
  await using server = await serve({ maxSessions: 1 });
  const client = await server.start({ audio });
  expect(server.ears.openStreams).toBe(1);
  const ended = nextEvent(server.heed.bus, 'session.ended');
  client.socket.terminate();
  expect(await ended).toMatchObject({ reason: 'disconnected' });
  expect(server.ears.openStreams).toBe(0);
  await server.start();
});

test('a session whose client left while it was being opened is closed', async () => {
  await using server = await serve();
  let open = (): void => undefined;
  const loading = new Promise<typeof server.ears.vad>((answer) => {
    open = () => answer(server.ears.vad);
  });
  const asked = new Promise<void>((resolve) => {
    server.loadVad.mockImplementation(() => {
      resolve();
      return loading;
    });
  });
  const ended = nextEvent(server.heed.bus, 'session.ended');
  const client = server.connect('/v1/stream');
  client.send({ type: 'start', token: server.token, audio });
  await asked;
  client.socket.terminate();
  await client.closed;
  open();
  expect(await ended).toMatchObject({ reason: 'disconnected' });
  expect(server.ears.openStreams).toBe(0);
});

test('a client chooses which commands can be given', async () => {
  await using server = await serve();
  const client = await server.start();
  client.send({ type: 'active', commands: ['sleep'] });
  client.send({ type: 'say', text: 'turn on the lamp' });
  expect((await client.next('command.unmatched')).text).toBe('turn on the lamp');
  client.send({ type: 'active', commands: ['oven'] });
  expect((await client.next('error')).code).toBe('not-found');
  client.send({ type: 'active', commands: null });
  client.send({ type: 'say', text: 'turn on the lamp' });
  expect((await client.next('command.completed')).command).toBe('lamp');
});

test('a client chooses which contexts are active', async () => {
  await using server = await serve();
  server.heed.registry.add('song', {
    phrases: ['next song'],
    contexts: ['music'],
    run: ({ contexts }) => contexts.leave('music'),
  });
  const client = await server.start();
  expect(client.events[0]).toMatchObject({ commands: expect.arrayContaining(['lamp', 'song']) });
  client.send({ type: 'say', text: 'next song' });
  expect((await client.next('command.unmatched')).text).toBe('next song');
  client.send({ type: 'contexts', contexts: ['music'] });
  client.send({ type: 'contexts', contexts: ['musik'] });
  expect(await client.next('error')).toMatchObject({
    code: 'not-found',
    message: 'No command names the context "musik"; they name "music".',
  });
  for (const type of ['command.completed', 'command.unmatched'] as const) {
    client.send({ type: 'say', text: 'next song' });
    await client.next(type);
  }
});

test('closing the server tells every client that its session has ended', async () => {
  await using server = await serve();
  const client = await server.start({ audio });
  await Promise.all([server.server.close(), server.server.close()]);
  expect(await client.closed).toEqual({ code: 1001, reason: 'shutdown' });
  expect(client.events.at(-1)).toMatchObject({ type: 'session.ended', reason: 'shutdown' });
});

function cut<T extends Uint8Array | Float32Array>(whole: T, length: number): T[] {
  return Array.from(
    { length: Math.ceil(whole.length / length) },
    (_, index) => whole.slice(index * length, (index + 1) * length) as T,
  );
}
