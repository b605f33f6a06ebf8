import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { defineCommand } from '../../src/registry/index.ts';
import { eventually } from '../patience.ts';
import { pcm, say } from './fake-ears.ts';
import { nextEvent, serve, type TestClient, type TestServer } from './harness.ts';

const audio = { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 };

/** A message of the server: an event, or one about the line. */
type Message = Record<string, unknown> & { type: string };

/** Returns the next message of a type and skips those before it. */
async function next(client: TestClient, type: string): Promise<Message> {
  for (;;) {
    const message = JSON.parse(await client.text()) as Message;
    if (message.type === type) return message;
  }
}

/** A client whose resumable session has started. */
async function start(server: TestServer, more: Record<string, unknown> = { audio }) {
  const client = server.connect('/v1/stream');
  client.send({ type: 'start', token: server.token, resumable: true, ...more });
  const { resume_token, session_id } = await next(client, 'resumable');
  const { event_id } = await next(client, 'session.started');
  return { client, token: resume_token as string, sessionId: session_id as string, started: event_id as string };
}

/** A client that asks to go on with a session. */
function resume(server: TestServer, token: string, more: Record<string, unknown> = {}): TestClient {
  const client = server.connect('/v1/stream');
  client.send({ type: 'resume', token: server.token, resume_token: token, audio_from: 0, ...more });
  return client;
}

/** Breaks a connection; resolves when the server has noticed. */
async function cut(server: TestServer, client: TestClient): Promise<void> {
  const noticed = hold(server);
  client.socket.terminate();
  await noticed;
}

/** Resolves when the next session is held. */
function hold(server: TestServer): Promise<void> {
  return new Promise((resolve) => server.held.mockImplementationOnce(() => resolve()));
}

describe('a session whose line broke', () => {
  test('goes on in the middle of a phrase, where the server was', async () => {
    await using server = await serve();
    const { client, token, started } = await start(server);
    const speech = pcm(say('turn on the lamp'));
    client.send(speech.subarray(0, 8_000));
    expect(await next(client, 'taken')).toEqual({ type: 'taken', audio: 8_000, messages: 0 });
    await cut(server, client);
    const second = resume(server, token, { last_event_id: started });
    expect(await next(second, 'resumed')).toMatchObject({ audio: 8_000, messages: 0 });
    second.send(speech.subarray(8_000));
    expect(await next(second, 'segment.final')).toMatchObject({ text: 'turn on the lamp', start: expect.any(Number) });
    expect(await next(second, 'command.completed')).toMatchObject({ command: 'lamp' });
  });

  test('sends the events that were missed, in order, and those alone', async () => {
    await using server = await serve();
    const { client, token, started, sessionId } = await start(server);
    client.send({ type: 'say', text: 'turn on the lamp' });
    const matched = await next(client, 'command.matched');
    const completed = await next(client, 'command.completed');
    await cut(server, client);
    const change = server.heed.bus.publish('heed', { type: 'state', topic: 'house', value: 1 });
    const after = async (last_event_id: unknown, count: number) => {
      const other = resume(server, token, { last_event_id });
      await next(other, 'resumed');
      const events = [];
      for (let index = 0; index < count; index++) events.push(JSON.parse(await other.text()) as Message);
      await cut(server, other);
      return events;
    };
    const types = (events: Message[]) => events.map(({ type }) => type);
    expect(types(await after(started, 4))).toEqual(['command.matched', 'state', 'command.completed', 'state']);
    expect(types(await after(matched['event_id'], 3))).toEqual(['state', 'command.completed', 'state']);
    expect((await after(completed['event_id'], 1))[0]).toMatchObject({ event_id: change.event_id });
    expect(types(await after(undefined, 5))[0]).toBe('session.started');
    expect(sessionId).toBe(completed['session_id']);
  });

  test('counts typed messages, so that none is sent twice', async () => {
    await using server = await serve();
    const { client, token } = await start(server, {});
    client.send({ type: 'say', text: 'turn on the lamp' });
    client.send({ type: 'active', commands: null });
    client.send({ type: 'contexts', contexts: [] });
    client.send({ type: 'playing', playing: true });
    client.send({ type: 'age', ms: 0 });
    expect(await next(client, 'taken')).toMatchObject({ messages: 4 });
    await cut(server, client);
    expect(await next(resume(server, token), 'resumed')).toMatchObject({ audio: 0, messages: 4 });
  });

  test('is taken over from a connection that seems to be alive, which is closed', async () => {
    await using server = await serve();
    const { client, token } = await start(server);
    const second = resume(server, token);
    await next(second, 'resumed');
    expect(await client.closed).toEqual({ code: 1000, reason: 'resumed' });
    second.send({ type: 'say', text: 'turn on the lamp' });
    await next(second, 'command.completed');
    second.send({ type: 'end' });
    expect(await second.closed).toEqual({ code: 1000, reason: 'ended' });
  });

  test('waits for the message that is being handled, so that its audio counts once', async () => {
    await using server = await serve();
    const { client, token } = await start(server);
    server.ears.hold();
    client.send(pcm(say('turn on the lamp')));
    client.send({ type: 'say', text: 'turn off the lamp' });
    await eventually(() => expect(server.ears.asked).toBeGreaterThan(0));
    await cut(server, client);
    const second = resume(server, token);
    await second.opened;
    server.ears.release();
    const { audio: taken, messages } = await next(second, 'resumed');
    expect([taken, messages]).toEqual([pcm(say('turn on the lamp')).length, 0]);
    await next(second, 'command.completed');
  });

  test('ends when its time is over, and frees its place', async () => {
    await using server = await serve({ resumeMs: 1, maxSessions: 1 });
    const { client, token } = await start(server);
    const ended = nextEvent(server.heed.bus, 'session.ended');
    client.socket.terminate();
    expect((await ended).reason).toBe('disconnected');
    const second = resume(server, token);
    expect(await next(second, 'error')).toMatchObject({ code: 'not-resumable' });
    second.send({ type: 'start', token: server.token, audio });
    await next(second, 'session.started');
  });

  test('keeps its place while it is held', async () => {
    await using server = await serve({ maxSessions: 1 });
    const { client } = await start(server);
    await cut(server, client);
    const second = server.connect('/v1/stream');
    second.send({ type: 'start', token: server.token });
    expect((await second.closed).code).toBe(4429);
  });

  test('makes room for one that broke later when too many are held', async () => {
    await using server = await serve({ maxHeldSessions: 1 });
    const [first, second] = [await start(server), await start(server)];
    await cut(server, first.client);
    const ended = nextEvent(server.heed.bus, 'session.ended');
    await cut(server, second.client);
    expect((await ended).session_id).toBe(first.sessionId);
    await next(resume(server, second.token), 'resumed');
  });

  test('ends with the server', async () => {
    const server = await serve();
    const { client } = await start(server);
    await cut(server, client);
    const ended = nextEvent(server.heed.bus, 'session.ended');
    await server[Symbol.asyncDispose]();
    expect((await ended).reason).toBe('shutdown');
  });

  test('still gives its last events when it ended meanwhile', async () => {
    await using server = await serve();
    const { client, token, started } = await start(server);
    server.ears.hold();
    client.send(pcm(say('turn on the lamp', { silenceMs: 0 })));
    client.send({ type: 'end' });
    await eventually(() => expect(server.ears.asked).toBeGreaterThan(0));
    await cut(server, client);
    const again = resume(server, token, { last_event_id: started });
    await again.opened;
    server.ears.release();
    await next(again, 'resumed');
    again.send({ type: 'end' });
    await next(again, 'command.completed');
    await next(again, 'session.ended');
    expect(await again.closed).toEqual({ code: 1000, reason: 'ended' });
    const late = resume(server, token, { last_event_id: started });
    await next(late, 'session.ended');
    expect(await late.closed).toEqual({ code: 1000, reason: 'ended' });
  });
});

describe('no session is held', () => {
  test.each([
    ['whose client did not ask for it', {}, { audio }],
    ['when the option is off', { resumeMs: 0 }, { audio, resumable: true }],
  ])('%s', async (_, config, message) => {
    await using server = await serve(config);
    const client = await server.start(message);
    expect(client.types).toEqual(['session.started']);
    const ended = nextEvent(server.heed.bus, 'session.ended');
    client.socket.terminate();
    expect((await ended).reason).toBe('disconnected');
  });

  test('when its client says goodbye', async () => {
    await using server = await serve();
    const { client, token } = await start(server);
    const ended = nextEvent(server.heed.bus, 'session.ended');
    client.socket.close(1001);
    await ended;
    await next(resume(server, token), 'error');
  });
});

describe('a session is not resumed', () => {
  test('with another resume token, and then another one may be started or the connection ends', async () => {
    await using server = await serve();
    await start(server);
    const client = resume(server, 'x'.repeat(32));
    expect(await next(client, 'error')).toMatchObject({ code: 'not-resumable' });
    client.send({ type: 'resume', token: server.token, resume_token: 'y', audio_from: 0 });
    expect(await client.closed).toEqual({ code: 4410, reason: 'not-resumable' });
  });

  test('without the token of the server', async () => {
    await using server = await serve();
    const { client, token } = await start(server);
    const other = server.connect('/v1/stream');
    other.send({ type: 'resume', token: 'wrong', resume_token: token, audio_from: 0 });
    expect((await other.closed).code).toBe(4401);
    client.send({ type: 'say', text: 'turn on the lamp' });
    await next(client, 'command.completed');
  });

  test('when its client no longer has the audio that comes next', async () => {
    await using server = await serve();
    const { client, token } = await start(server);
    await cut(server, client);
    const ended = nextEvent(server.heed.bus, 'session.ended');
    expect(await next(resume(server, token, { audio_from: 2 }), 'error')).toMatchObject({ code: 'not-resumable' });
    await ended;
  });
});

test('a client that missed more events than are kept is told so', async () => {
  await using server = await serve({ maxBufferedBytes: 40_000 });
  const { client, token, started } = await start(server);
  await cut(server, client);
  const value = 'x'.repeat(4_000);
  for (let index = 0; index < 20; index++) server.heed.bus.publish('heed', { type: 'state', topic: `${index}`, value });
  const second = resume(server, token, { last_event_id: started });
  expect(await next(second, 'state')).toMatchObject({ topic: '9' });
  expect(await next(second, 'error')).toMatchObject({ code: 'events-lost' });
  second.send({ type: 'say', text: 'turn on the lamp' });
  await next(second, 'command.completed');
});

test('a client that does not read for too long can go on with its session, and misses nothing', async () => {
  await using server = await serve({ maxBufferedBytes: 100_000 });
  const { client, token, started } = await start(server);
  client.socket.pause();
  const held = hold(server);
  let isHeld = false;
  void held.then(() => {
    isHeld = true;
  });
  let count = 0;
  for (; !isHeld; await new Promise(setImmediate))
    server.heed.bus.publish('heed', { type: 'state', topic: `${count++}`, value: 'x'.repeat(20_000) });
  client.socket.resume();
  expect(await client.closed).toEqual({ code: 1013, reason: 'too-slow' });
  const states = (texts: string[]): string[] =>
    texts.map((text) => JSON.parse(text) as { topic?: string }).flatMap(({ topic }) => topic ?? []);
  const last = client.texts
    .map((text) => JSON.parse(text) as { event_id?: string })
    .findLast(({ event_id }) => event_id);
  const second = resume(server, token, { last_event_id: last?.event_id ?? started });
  second.send({ type: 'say', text: 'turn on the lamp' });
  await next(second, 'command.completed');
  const topics = [...states(client.texts), ...states(second.texts)];
  expect(topics.slice(0, count)).toEqual(Array.from({ length: count }, (_, number) => `${number}`));
  expect(second.texts.join()).not.toContain('events-lost');
});

describe('what comes late', () => {
  test.each([
    ['may still run', 8_000, 'command.completed'],
    ['is refused with its age when it is too old', 12_000, 'command.refused'],
  ])('%s', async (_, ms, outcome) => {
    await using server = await serve({}, undefined, { dispatch: { maxAgeMs: 10_000 } });
    const { client } = await start(server);
    client.send({ type: 'age', ms });
    client.send(pcm(say('turn on the lamp')));
    expect(await next(client, outcome)).toMatchObject({ command: 'lamp' });
    client.send({ type: 'age', ms });
    client.send({ type: 'say', text: 'turn off the lamp' });
    expect(await next(client, outcome)).toMatchObject({ command: 'lamp' });
    client.send({ type: 'age', ms: 0 });
    client.send({ type: 'say', text: 'turn on the lamp' });
    expect(await next(client, 'command.completed')).toMatchObject({ command: 'lamp' });
  });

  test('is no answer when it is too old', async () => {
    await using server = await serve({}, undefined, { dispatch: { maxAgeMs: 10_000 } });
    const { client } = await start(server);
    client.send({ type: 'say', text: 'paint the wall' });
    const { prompt_id } = await next(client, 'prompt');
    client.send({ type: 'age', ms: 11_000 });
    client.send({ type: 'answer', prompt_id, text: 'red' });
    expect(await next(client, 'error')).toMatchObject({ code: 'timeout' });
    client.send({ type: 'age', ms: 0 });
    client.send({ type: 'answer', prompt_id, text: 'red' });
    expect(await next(client, 'command.completed')).toMatchObject({ say: 'It is red now.' });
  });

  test('counts as spoken right after the last that came, until the client says otherwise', async () => {
    await using server = await serve({}, undefined, { dispatch: { maxAgeMs: 10_000 } });
    const { client, token } = await start(server);
    await cut(server, client);
    const now = performance.now.bind(performance);
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() + 10_001);
    onTestFinished(() => clock.mockRestore());
    const second = resume(server, token);
    await next(second, 'resumed');
    second.send({ type: 'say', text: 'turn on the lamp' });
    await next(second, 'command.refused');
  });
});

test('a question waits while the line is down, and words from before it was heard are no answer', async () => {
  await using server = await serve();
  server.heed.registry.add(
    'door',
    defineCommand({ phrases: ['open the door'], risk: 'high', run: () => ({ say: 'Open.' }) }),
  );
  const { client, token, started } = await start(server);
  const asked = nextEvent(server.heed.bus, 'prompt');
  client.send({ type: 'say', text: 'open the door' });
  await asked;
  await cut(server, client);
  const second = resume(server, token, { last_event_id: started });
  const { prompt_id } = await next(second, 'prompt');
  second.send({ type: 'age', ms: 60_000 });
  second.send({ type: 'say', text: 'yes' });
  await next(second, 'command.unmatched');
  second.send({ type: 'age', ms: 0 });
  second.send({ type: 'answer', prompt_id, text: 'yes' });
  expect(await next(second, 'command.completed')).toMatchObject({ say: 'Open.' });
});
