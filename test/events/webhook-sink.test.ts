import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { defaultConfig, type Config } from '../../src/config/index.ts';
import { EventBus, signatureOf, WebhookSink, type EventBody } from '../../src/events/index.ts';

interface Delivery {
  headers: IncomingHttpHeaders;
  body: string;
}
type Answer = (count: number) => number | 'hang' | 'reset';

const final = (text: string): EventBody => ({
  type: 'segment.final',
  segment_id: 'g',
  start: 0,
  end: 1,
  duration: 1,
  text,
  is_final: true,
  speech_final: true,
  confidence: 1,
  language: 'en',
  words: [],
  no_speech: 0,
});

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(
    servers.splice(0).map(
      (server) =>
        new Promise((resolve) => {
          server.close(resolve);
          server.closeAllConnections();
        }),
    ),
  );
});

async function newReceiver(answer: Answer = () => 204) {
  const deliveries: Delivery[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      deliveries.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
      const status = answer(deliveries.length);
      if (status === 'reset') request.socket.destroy();
      else if (status !== 'hang') response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
      for (const { count, resolve } of waiting) if (deliveries.length >= count) resolve();
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  return {
    url,
    deliveries,
    got: (count: number) =>
      new Promise<void>((resolve) => (deliveries.length >= count ? resolve() : waiting.push({ count, resolve }))),
    texts: () => deliveries.map(({ body }) => (JSON.parse(body) as { text: string }).text),
  };
}

function newSink(config: Partial<Config['webhook']>) {
  const log = vi.fn<(line: string) => void>();
  const bus = new EventBus({ log });
  const sink = new WebhookSink(bus, { ...defaultConfig.webhook, backoffMs: 1, ...config }, { log });
  return { bus, sink, log, logged: () => log.mock.calls.map(([line]) => line).join('\n') };
}

test('events of the chosen types are posted in order, with a signature over time and body', async () => {
  const receiver = await newReceiver();
  const { bus, sink } = newSink({ url: receiver.url, secret: 'key' });
  const first = bus.publish('s', final('one'));
  bus.publish('s', { type: 'speech.started', segment_id: 'g', start: 0 });
  bus.publish('s', final('two'));
  await receiver.got(2);
  await sink.close();
  expect(receiver.texts()).toEqual(['one', 'two']);
  const { headers, body } = receiver.deliveries[0]!;
  expect(JSON.parse(body)).toEqual(first);
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'heed-event-id': first.event_id,
    'heed-event-type': 'segment.final',
  });
  const signature = String(headers['heed-signature']);
  expect(signature).toBe(signatureOf({ body, secret: 'key', timestamp: Number(/^t=(\d+)/.exec(signature)![1]) }));
});

test('the signature is HMAC-SHA256 over "<time>.<body>"', () => {
  // echo -n '1700000000.{"a":1}' | openssl dgst -sha256 -hmac key
  expect(signatureOf({ body: '{"a":1}', secret: 'key', timestamp: 1_700_000_000 })).toBe(
    't=1700000000,v1=a438e398bfafc57e4396bb7fc2304422f0f768e965d073ca313cb52e22e6ad03',
  );
});

test('without a secret there is no signature, and an empty list of types means all', async () => {
  const receiver = await newReceiver();
  const { bus, sink } = newSink({ url: receiver.url, types: [] });
  bus.publish('s', { type: 'session.ended', reason: 'closed' });
  await receiver.got(1);
  await sink.close();
  expect(receiver.deliveries[0]!.headers).not.toHaveProperty('heed-signature');
});

test.each([
  ['a fault of the server', 500],
  ['too many requests', 429],
  ['a lost connection', 'reset'],
] as const)('%s is tried again until it is taken', async (_, failure) => {
  const receiver = await newReceiver((count) => (count < 3 ? failure : 200));
  const { bus, sink, logged } = newSink({ url: receiver.url });
  bus.publish('s', final('one'));
  bus.publish('s', final('two'));
  await receiver.got(4);
  await sink.close();
  expect(receiver.texts()).toEqual(['one', 'one', 'one', 'two']);
  expect(new Set(receiver.deliveries.slice(0, 3).map(({ headers }) => headers['heed-event-id'])).size).toBe(1);
  expect(logged()).toBe('');
});

test('after the last attempt an event is dropped with a line in the log, and the next one is sent', async () => {
  const receiver = await newReceiver((count) => (count <= 3 ? 503 : 200));
  const { bus, sink, logged } = newSink({ url: receiver.url, maxAttempts: 3 });
  bus.publish('s', final('one'));
  bus.publish('s', final('two'));
  await receiver.got(4);
  await sink.close();
  expect(receiver.texts()).toEqual(['one', 'one', 'one', 'two']);
  expect(logged()).toMatch(/did not accept segment\.final .* after 3 tries: status 503/);
});

test.each([400, 401, 404, 302])('status %i is final: no second attempt, no other address', async (status) => {
  const receiver = await newReceiver(() => status);
  const { bus, sink, logged } = newSink({ url: receiver.url });
  bus.publish('s', final('one'));
  await receiver.got(1);
  await sink.close();
  expect(receiver.deliveries).toHaveLength(1);
  expect(logged()).toContain(`status ${status}`);
});

test('an attempt that takes too long is abandoned', async () => {
  const receiver = await newReceiver((count) => (count === 1 ? 'hang' : 200));
  const { bus, sink } = newSink({ url: receiver.url, timeoutMs: 50 });
  bus.publish('s', final('one'));
  await receiver.got(2);
  await sink.close();
  // A busy machine may be too late for the second one, too.
  expect(receiver.texts().length).toBeGreaterThanOrEqual(2);
  expect(new Set(receiver.texts())).toEqual(new Set(['one']));
});

test('when too many events wait the oldest is dropped', async () => {
  const receiver = await newReceiver();
  const { bus, sink, logged } = newSink({ url: receiver.url, maxQueue: 2 });
  for (const text of ['one', 'two', 'three', 'four']) bus.publish('s', final(text));
  await receiver.got(3);
  await sink.close();
  expect(receiver.texts()).toEqual(['one', 'three', 'four']);
  expect(logged()).toContain('2 events are waiting, so the oldest are dropped');
  expect(logged()).toContain('1 events were dropped');
});

test('close() delivers what waits, cuts a long wait between attempts short, and may be called twice', async () => {
  const receiver = await newReceiver((count) => (count === 1 ? 500 : 200));
  const { bus, sink } = newSink({ url: receiver.url, backoffMs: 3_600_000 });
  for (const text of ['one', 'two', 'three']) bus.publish('s', final(text));
  await receiver.got(1);
  await Promise.all([sink.close(), sink.close()]);
  bus.publish('s', final('four'));
  expect(receiver.texts()).toEqual(['one', 'one', 'two', 'three']);
});

test('close() gives up on a receiver that never responds, and reports what was lost', async () => {
  const receiver = await newReceiver(() => 'hang');
  const { bus, sink, logged } = newSink({ url: receiver.url, drainMs: 20 });
  for (const text of ['one', 'two', 'three']) bus.publish('s', final(text));
  await receiver.got(1);
  await sink.close();
  expect(receiver.texts()).toEqual(['one']);
  expect(logged()).toContain('before 2 events could be delivered');
});

test('a name and password in the address are sent as a header, and are in no line of the log', async () => {
  const receiver = await newReceiver(() => 400);
  const { bus, sink, logged } = newSink({ url: receiver.url.replace('//', '//me:p%20w@'), maxAttempts: 1 });
  bus.publish('s', final('one'));
  await receiver.got(1);
  await sink.close();
  expect(receiver.deliveries[0]!.headers.authorization).toBe(`Basic ${btoa('me:p w')}`);
  expect(logged()).toContain('did not accept');
  expect(logged()).not.toMatch(/p%20w|p w/);
});

test('events that are too long together are dropped from the oldest on', async () => {
  let isDown = true;
  const receiver = await newReceiver(() => (isDown ? 'reset' : 204));
  const { bus, sink, logged } = newSink({ url: receiver.url, maxAttempts: 1_000, types: ['segment.final'] });
  for (let count = 0; count < 5; count++) bus.publish('s', final(`${count}`.padEnd(900_000, 'x')));
  expect(logged()).toContain('too slow');
  isDown = false;
  await receiver.got(3);
  await sink.close();
  const texts = receiver.texts().map((text) => text[0]);
  expect(texts.slice(-2)).toEqual(['3', '4']);
  expect(texts).not.toContain('1');
});
