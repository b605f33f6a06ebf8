import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { encodeWav } from '../../src/audio/index.ts';
import { text } from '../../src/grammar/slots/index.ts';
import { defineCommand } from '../../src/registry/index.ts';
import { eventually } from '../patience.ts';
import { pcm, say } from './fake-ears.ts';
import { commands, nextEvent, TestClient } from './harness.ts';
import { listening, token, type Listening } from './listening.ts';

/** So long that only what is awaited can end the drain. */
const drainMs = 3_600_000;

/** Begins to end heed; resolves when that has begun. */
async function draining(server: Listening): Promise<{ closed: Promise<void> }> {
  const closed = server.close({ drainMs });
  await eventually(async () => expect((await server.get('/v1/ready')).status).toBe(503));
  return { closed };
}

/** Returns a client in the middle of a phrase, as its session knows. */
async function speaking(server: Listening): Promise<TestClient> {
  const client = await server.speaker();
  client.send(pcm(say('turn on the lamp', { silenceMs: 0 })));
  await client.next('speech.started');
  return client;
}

test('a phrase that is being spoken is heard to its end, its command runs, and then the session ends', async () => {
  await using server = await listening({ commands });
  const client = await speaking(server);
  const { closed } = await draining(server);
  client.send(pcm(new Float32Array(16_000)));
  expect((await client.next('segment.final')).text).toBe('turn on the lamp');
  expect((await client.next('command.completed')).command).toBe('lamp');
  expect((await client.next('session.ended')).reason).toBe('shutdown');
  expect(await client.closed).toEqual({ code: 1001, reason: 'shutdown' });
  await closed;
});

test('a session in which nothing is said ends at once, while another one is still heard', async () => {
  await using server = await listening({ commands });
  const [busy, idle] = [await speaking(server), await server.speaker()];
  const { closed } = await draining(server);
  expect(await idle.closed).toEqual({ code: 1001, reason: 'shutdown' });
  expect(idle.events.at(-1)).toMatchObject({ type: 'session.ended', reason: 'shutdown' });
  busy.send({ type: 'flush' });
  await busy.next('command.completed');
  await closed;
});

test('while heed ends, it is healthy but not ready, and takes no sessions, subscribers or files', async () => {
  await using server = await listening({ commands });
  const client = await speaking(server);
  const { closed } = await draining(server);
  expect(await (await server.get('/v1/ready')).json()).toMatchObject({ status: 'not-ready', reason: 'draining' });
  expect((await server.get('/v1/health')).status).toBe(200);
  const refused = server.connect('/v1/stream');
  refused.send({ type: 'start', token });
  expect(await refused.next('error')).toMatchObject({ code: 'busy', message: expect.stringContaining('is ending') });
  expect(await refused.closed).toMatchObject({ code: 4503 });
  const headers = { authorization: `Bearer ${token}` };
  expect((await server.get('/v1/events', headers)).status).toBe(503);
  const upload = await fetch(server.at('/v1/audio/transcriptions'), { method: 'POST', headers });
  expect(upload.status).toBe(503);
  await expect(server.heed.openSession()).rejects.toMatchObject({ code: 'closed' });
  client.send({ type: 'flush' });
  await closed;
});

test('an open question is ended, and its command is refused with the reason', async () => {
  await using server = await listening({ commands });
  const client = await server.speaker();
  client.send({ type: 'say', text: 'paint the wall' });
  await client.next('prompt');
  await server.close({ drainMs });
  const refused = { command: 'paint', reason: expect.stringContaining('heed is ending') };
  expect(await client.next('command.refused')).toMatchObject(refused);
  expect(await client.closed).toMatchObject({ code: 1001 });
});

test('a command that runs is awaited and may say what it did, but asks nothing any more', async () => {
  let goOn!: () => void;
  const gate = new Promise<void>((resolve) => (goOn = resolve));
  const clean = defineCommand({
    phrases: ['clean the house'],
    run: async ({ say, ask }) => {
      await gate;
      say('The hall is clean.');
      await ask('Which room is next?', { slot: text() });
    },
  });
  await using server = await listening({ commands: { ...commands, clean } });
  const client = await server.speaker();
  client.send({ type: 'say', text: 'clean the house' });
  await client.next('command.matched');
  const { closed } = await draining(server);
  goOn();
  expect((await client.next('prompt')).text).toBe('The hall is clean.');
  expect(await client.next('command.refused')).toMatchObject({ reason: expect.stringContaining('heed is ending') });
  await closed;
});

test('a file that is being transcribed is transcribed to its end', async () => {
  await using server = await listening({ commands });
  server.ears.hold();
  const form = new FormData();
  form.set('model', 'whisper-1');
  form.set('file', new Blob([new Uint8Array(encodeWav(say('turn on the lamp')))]), 'a.wav');
  const response = fetch(server.at('/v1/audio/transcriptions'), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: form,
  });
  await eventually(() => expect(server.ears.openStreams).toBe(1));
  const { closed } = await draining(server);
  server.ears.release();
  expect(await (await response).json()).toMatchObject({ text: 'turn on the lamp' });
  await closed;
});

test('a session of the program itself is heard to its end as well', async () => {
  await using server = await listening({ commands });
  const session = await server.heed.openSession();
  await session.push(say('turn on the lamp', { silenceMs: 0 }));
  const ended = nextEvent(server.heed.bus, 'session.ended');
  const completed = nextEvent(server.heed.bus, 'command.completed');
  const { closed } = await draining(server);
  await session.push(new Float32Array(16_000));
  expect((await completed).command).toBe('lamp');
  expect((await ended).reason).toBe('shutdown');
  await closed;
});

/** A client whose line breaks may come back; until then nobody goes on speaking. */
async function resumable(server: Listening): Promise<TestClient> {
  const client = server.connect('/v1/stream');
  const audio = { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 };
  client.send({ type: 'start', token, resumable: true, audio });
  await nextEvent(server.heed.bus, 'session.started');
  return client;
}

test.each(['before', 'after'])(
  'a phrase whose line broke %s the drain began holds nobody up, and the log says that it is dropped',
  async (when) => {
    await using server = await listening({ commands });
    const client = await resumable(server);
    const started = nextEvent(server.heed.bus, 'speech.started');
    client.send(pcm(say('turn on the lamp', { silenceMs: 0 })));
    await started;
    const cut = async (): Promise<void> => {
      client.socket.terminate();
      await once(client.socket, 'close');
    };
    const ended = nextEvent(server.heed.bus, 'session.ended');
    if (when === 'before') {
      await cut();
      await server.close({ drainMs });
    } else {
      const { closed } = await draining(server);
      await cut();
      await closed;
    }
    expect((await ended).reason).toBe('shutdown');
    expect(server.lines.join('\n')).toContain('A phrase is dropped');
  },
);

test('a question that nobody can answer because the line broke holds nobody up either', async () => {
  await using server = await listening({ commands });
  const client = await resumable(server);
  const prompt = nextEvent(server.heed.bus, 'prompt');
  client.send({ type: 'say', text: 'paint the wall' });
  await prompt;
  client.socket.terminate();
  const refused = nextEvent(server.heed.bus, 'command.refused');
  await server.close({ drainMs });
  expect((await refused).command).toBe('paint');
});

test('a second close without time to drain cuts off what is being said and run', async () => {
  let stopped: unknown;
  const wait = defineCommand({
    phrases: ['wait for it'],
    run: ({ signal }) =>
      new Promise<undefined>((resolve) => {
        signal.addEventListener('abort', () => {
          stopped = signal.reason;
          resolve(undefined);
        });
      }),
  });
  await using server = await listening({ commands: { ...commands, wait } });
  const client = await speaking(server);
  const running = await server.speaker();
  running.send({ type: 'say', text: 'wait for it' });
  await running.next('command.matched');
  const { closed } = await draining(server);
  await Promise.all([server.close(), closed]);
  expect(stopped).toMatchObject({ code: 'closed' });
  expect(await client.closed).toMatchObject({ code: 1001 });
  expect(client.types).not.toContain('segment.final');
});

test('time that is up cuts off what is being said', async () => {
  await using server = await listening({ commands });
  const client = await speaking(server);
  await server.close({ drainMs: 1 });
  expect(await client.closed).toMatchObject({ code: 1001 });
  expect(client.types.slice(-2)).toEqual(['speech.started', 'session.ended']);
  expect(server.lines.join('\n')).toContain('Time is up');
});

test('the webhook gets the events of the phrases that were finished', async () => {
  const got: string[] = [];
  const receiver = createServer((request, response) => {
    got.push(String(request.headers['heed-event-type']));
    response.end();
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  await using server = await listening({ commands, config: { webhook: { url, drainMs } } });
  const client = await speaking(server);
  const { closed } = await draining(server);
  client.send({ type: 'flush' });
  await closed;
  receiver.close();
  expect(got).toEqual(['segment.final', 'command.completed']);
});
