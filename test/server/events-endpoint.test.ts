import { get, type IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { eventSchema, type EventBody, type EventOf, type HeedEvent } from '../../src/events/index.ts';
import { eventually } from '../patience.ts';
import { serve, type TestServer } from './harness.ts';

const failure: EventBody = { type: 'error', code: 'busy', message: 'Wait.' };
const state = (value: unknown): EventBody => ({ type: 'state', topic: 'house', value });

/** One message of Server-Sent Events. */
interface Message {
  id?: string;
  event: HeedEvent;
}

/** Reads Server-Sent Events as a browser does. */
class EventReader {
  readonly #response: IncomingMessage;
  readonly #parts: AsyncIterator<Buffer>;
  #text = '';

  constructor(response: IncomingMessage) {
    this.#response = response;
    this.#parts = response[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<EventReader> {
    return new EventReader(
      await new Promise((resolve, reject) => {
        get(url, { headers }, resolve).on('error', reject);
      }),
    );
  }

  get headers() {
    return this.#response.headers;
  }

  /** Returns the next event, or undefined when the stream has ended. Comments and `retry` are skipped. */
  async next(): Promise<Message | undefined> {
    for (;;) {
      const block = await this.block();
      if (block === undefined) return undefined;
      const fields = new Map(
        block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
      );
      if (fields.has('data')) {
        const id = fields.get('id');
        return { ...(id === undefined ? {} : { id }), event: eventSchema.parse(JSON.parse(fields.get('data')!)) };
      }
    }
  }

  /** Returns the next block of lines. */
  async block(): Promise<string | undefined> {
    while (!this.#text.includes('\n\n')) {
      const { done, value } = await this.#parts.next();
      if (done) return undefined;
      this.#text += value.toString();
    }
    const end = this.#text.indexOf('\n\n');
    const block = this.#text.slice(0, end);
    this.#text = this.#text.slice(end + 2);
    return block;
  }

  close(): void {
    this.#response.destroy();
  }
}

test('every event is a message with its id, as JSON like everywhere', async () => {
  await using server = await serve();
  const reader = await EventReader.open(server.at(`/v1/events?token=${server.token}`));
  expect(reader.headers).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const event = server.heed.bus.publish('s', failure);
  expect(await reader.next()).toEqual({ id: event.event_id, event });
  reader.close();
});

test('types and session choose what comes', async () => {
  await using server = await serve();
  const reader = await EventReader.open(server.at(`/v1/events?token=${server.token}&types=error,prompt&session=b`));
  for (const session of ['a', 'b']) for (const body of [state(1), failure]) server.heed.bus.publish(session, body);
  server.heed.bus.publish('b', failure);
  expect(
    [await reader.next(), await reader.next()].map((message) => [
      message!.event.session_id,
      message!.event.type,
      message!.event.seq,
    ]),
  ).toEqual([
    ['b', 'error', 1],
    ['b', 'error', 2],
  ]);
  reader.close();
});

test('a new subscriber gets the kept states first, without ids', async () => {
  await using server = await serve();
  const kept = server.heed.bus.publish('heed', state(1));
  const reader = await EventReader.open(server.at('/v1/events'), { authorization: `Bearer ${server.token}` });
  expect(await reader.next()).toEqual({ event: kept });
  reader.close();
});

test('a subscriber that comes back gets what it missed and nothing twice', async () => {
  await using server = await serve();
  const events = [failure, state(1), failure, failure].map((body) => server.heed.bus.publish('s', body));
  const reader = await EventReader.open(server.at(`/v1/events?token=${server.token}&types=error`), {
    'last-event-id': events[0]!.event_id,
  });
  const last = server.heed.bus.publish('s', failure);
  const got = [await reader.next(), await reader.next(), await reader.next()];
  expect(got.map((message) => message!.id)).toEqual([events[2]!.event_id, events[3]!.event_id, last.event_id]);
  reader.close();
});

test('a subscriber that was away too long is told so, then gets the states and goes on from now', async () => {
  await using server = await serve();
  const kept = server.heed.bus.publish('heed', state(1));
  const reader = await EventReader.open(server.at(`/v1/events?token=${server.token}&last_event_id=unknown-7`));
  expect((await reader.next())!.event).toMatchObject({ type: 'error', code: 'not-found' });
  expect(await reader.next()).toEqual({ event: kept });
  const live = server.heed.bus.publish('s', failure);
  expect(await reader.next()).toEqual({ id: live.event_id, event: live });
  reader.close();
});

test('a quiet stream is kept alive, and ends with the server', async () => {
  await using server = await serve({ heartbeatMs: 20 });
  const reader = await EventReader.open(server.at(`/v1/events?token=${server.token}`));
  expect(await reader.block()).toBe('retry: 2000');
  expect(await reader.block()).toBe(': still here');
  await server.server.close();
  expect(await reader.next()).toBeUndefined();
});

test.each([
  ['no token', '', 401],
  ['a wrong token', '?token=wrong', 401],
  ['an unknown type', '?types=segment.maybe&token=', 400],
])('%s is refused', async (_, query, status) => {
  await using server = await serve({ token: 'secret' });
  const response = await fetch(server.at(`/v1/events${query.replace(/token=$/, 'token=secret')}`));
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ error: { code: status === 401 ? 'unauthorized' : 'bad-message' } });
});

test('subscribers have a limit of their own, shared by both transports, and places become free again', async () => {
  await using server = await serve({ maxSubscribers: 1 });
  const first = server.connect(`/v1/events?token=${server.token}`);
  await new Promise((resolve) => {
    first.socket.on('open', resolve);
  });
  expect((await fetch(server.at(`/v1/events?token=${server.token}`))).status).toBe(429);
  first.socket.close();
  await first.closed;
  const reader = await EventReader.open(server.at(`/v1/events?token=${server.token}`));
  expect(reader.headers['content-type']).toBe('text/event-stream');
  expect(await server.connect(`/v1/events?token=${server.token}`).closed).toEqual({ code: 4429, reason: 'too-many' });
  reader.close();
});

test('a WebSocket subscriber may show its token in the address', async () => {
  await using server = await serve();
  server.heed.bus.publish('heed', state(1));
  const client = server.connect(`/v1/events?token=${server.token}&types=state,error`);
  await client.next('state');
  const event = server.heed.bus.publish('s', failure);
  expect(await client.next('error')).toEqual(event);
});

test('a WebSocket subscriber may show its token in a header', async () => {
  await using server = await serve();
  const kept = server.heed.bus.publish('heed', state(1));
  const client = server.connect('/v1/events', { headers: { authorization: `Bearer ${server.token}` } });
  expect(await client.next('state')).toEqual(kept);
});

test('a WebSocket subscriber may say in a first message what it wants, and where to go on', async () => {
  await using server = await serve();
  const [, second, third] = [failure, failure, failure].map((body) => server.heed.bus.publish('s', body));
  const client = server.connect('/v1/events');
  client.send({
    type: 'subscribe',
    token: server.token,
    types: ['error'],
    session: 's',
    last_event_id: second!.event_id,
  });
  expect(await client.next('error')).toEqual(third);
});

test.each([
  ['a wrong token', { type: 'subscribe', token: 'wrong' }, 4401],
  ['another message', { type: 'start', token: 'secret' }, 4400],
  ['binary', new Uint8Array(3), 4400],
  ['an unknown type of event', { type: 'subscribe', token: 'secret', types: ['segment.maybe'] }, 4400],
])('a WebSocket subscriber with %s is refused', async (_, message, code) => {
  await using server = await serve({ token: 'secret' });
  const client = server.connect('/v1/events');
  client.send(message);
  expect((await client.closed).code).toBe(code);
  expect(client.types).toEqual(['error']);
});

test('a WebSocket subscriber that wishes for unknown events in the address is refused', async () => {
  await using server = await serve({ token: 'secret' });
  expect((await server.connect('/v1/events?token=secret&types=nothing').closed).code).toBe(4400);
});

test('a subscriber that sends anything after its first message is refused', async () => {
  await using server = await serve();
  const client = server.connect(`/v1/events?token=${server.token}`);
  client.send({ type: 'flush' });
  expect((await client.closed).code).toBe(4400);
});

test('a WebSocket subscriber gets the events of sessions from their start to their end', async () => {
  await using server = await serve();
  const watcher = server.connect(`/v1/events?token=${server.token}`);
  await new Promise((resolve) => {
    watcher.socket.on('open', resolve);
  });
  const speaker = await server.start();
  speaker.send({ type: 'say', text: 'turn on the lamp' });
  speaker.send({ type: 'end' });
  await watcher.next('session.ended');
  expect(watcher.types).toEqual(['session.started', 'command.matched', 'state', 'command.completed', 'session.ended']);
});

/** Publishes until a subscriber is too slow; returns how many events that took. */
async function flood(server: TestServer, make: (count: number) => EventBody): Promise<number> {
  let count = 0;
  while (!server.log.mock.calls.flat().join('\n').includes('reads too slowly')) {
    server.heed.bus.publish('s', make(count++));
    await new Promise(setImmediate);
  }
  return count;
}

const words = 'x'.repeat(20_000);
const partial = (revision: number): EventBody => ({
  type: 'segment.partial',
  segment_id: 'a',
  start: 0,
  end: revision,
  duration: 1,
  text: words,
  words: [],
  committed: '',
  confidence: 1,
  language: 'en',
  is_final: false,
  speech_final: false,
});

test('a subscriber by Server-Sent Events that does not read is told so, and gets all when it comes back', async () => {
  await using server = await serve({ maxBufferedBytes: 100_000 });
  const reader = await EventReader.open(server.at(`/v1/events?token=${server.token}`));
  await reader.block();
  const count = await flood(server, (number) => ({ type: 'error', code: `${number}`, message: words }));
  const codes: string[] = [];
  let last: string | undefined;
  for (let message = await reader.next(); message; message = await reader.next()) {
    codes.push((message.event as EventOf<'error'>).code);
    last = message.id ?? last;
  }
  expect(codes.pop()).toBe('too-slow');
  const again = await EventReader.open(server.at(`/v1/events?token=${server.token}`), { 'last-event-id': last! });
  while (codes.length < count) codes.push(((await again.next())!.event as EventOf<'error'>).code);
  expect(codes).toEqual(Array.from({ length: count }, (_, number) => `${number}`));
  again.close();
});

test('a subscriber by Server-Sent Events that takes nothing for a while keeps no place', async () => {
  await using server = await serve({ maxBufferedBytes: 100_000_000, maxSubscribers: 1, heartbeatMs: 20 });
  const reader = await EventReader.open(server.at(`/v1/events?token=${server.token}`));
  for (let number = 0; number < 1_000; number++)
    server.heed.bus.publish('s', { type: 'error', code: `${number}`, message: words });
  await eventually(async () => {
    const next = await EventReader.open(server.at(`/v1/events?token=${server.token}`));
    next.close();
    expect(next.headers['content-type']).toBe('text/event-stream');
  });
  expect(server.log).toHaveBeenCalledWith(expect.stringContaining('from one heartbeat to the next'));
  reader.close();
});

test('a subscriber that does not read for a while misses partials at most', async () => {
  await using server = await serve({ maxBufferedBytes: 100_000 });
  const readers = await Promise.all(
    ['a', 'b'].map(() => EventReader.open(server.at(`/v1/events?token=${server.token}`))),
  );
  const socket = server.connect(`/v1/events?token=${server.token}`);
  await socket.opened;
  socket.socket.pause();
  for (let revision = 0; revision < 600; revision++) {
    server.heed.bus.publish('s', partial(revision));
    if (revision % 10 === 0) await new Promise(setImmediate);
  }
  server.heed.bus.publish('s', { type: 'error', code: 'busy', message: 'the end' });
  for (const reader of readers) {
    const seen: HeedEvent[] = [];
    while (seen.at(-1)?.type !== 'error') seen.push((await reader.next())!.event);
    expect(seen.length).toBeLessThan(600);
    expect(seen.at(-2)).toMatchObject({ end: 599 });
    reader.close();
  }
  socket.socket.resume();
  expect(await socket.next('error')).toMatchObject({ message: 'the end' });
  expect(server.log).not.toHaveBeenCalled();
});

test('a WebSocket subscriber that does not read is closed with 1013, and gets all when it comes back', async () => {
  await using server = await serve({ maxBufferedBytes: 100_000 });
  const slow = server.connect(`/v1/events?token=${server.token}`);
  await slow.opened;
  slow.socket.pause();
  const count = await flood(server, (number) => ({ type: 'error', code: `${number}`, message: words }));
  slow.socket.resume();
  expect(await slow.closed).toEqual({ code: 1013, reason: 'too-slow' });
  const last = slow.events.at(-1)!.event_id;
  const again = server.connect(`/v1/events?token=${server.token}&last_event_id=${last}`);
  const codes = slow.events.map((event) => (event as EventOf<'error'>).code);
  while (codes.length < count) codes.push((await again.next('error')).code);
  expect(codes).toEqual(Array.from({ length: count }, (_, number) => `${number}`));
});
