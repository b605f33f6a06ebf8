import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { HeedClient } from '../../client/heed-client.ts';
import type { Connection, HeedClientOptions } from '../../client/options.ts';
import { event } from '../web/events.ts';
import { FakeSocket } from './fake-socket.ts';

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.all = [];
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('location', { href: 'http://127.0.0.1:4333/?token=secret' });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function connect(options: Partial<HeedClientOptions> = {}): { client: HeedClient; states: Connection[] } {
  const states: Connection[] = [];
  const client = new HeedClient({
    token: 'secret',
    workletUrl: 'capture-worklet.js',
    onConnection: (state) => states.push(state),
    ...options,
  });
  client.connect();
  return { client, states };
}

test('the first message shows the token and declares the audio', () => {
  connect({ language: 'de' });
  expect(FakeSocket.last.url).toBe('ws://127.0.0.1:4333/v1/stream');
  FakeSocket.last.onopen!();
  expect(FakeSocket.last.sent.map((text) => JSON.parse(text) as unknown)).toEqual([
    {
      type: 'start',
      token: 'secret',
      audio: { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 },
      language: 'de',
      resumable: true,
    },
  ]);
});

test('it asks for the events that it depends on in addition to the wanted ones', () => {
  connect({ types: ['segment.final', 'error'] });
  FakeSocket.last.onopen!();
  expect(JSON.parse(FakeSocket.last.sent[0]!)).toMatchObject({ types: ['session.started', 'error', 'segment.final'] });
});

test('it is open once the session has started, and passes on every event', () => {
  const types: string[] = [];
  const { client, states } = connect({ onEvent: ({ type }) => types.push(type) });
  FakeSocket.last.onopen!();
  expect(client.connection.status).toBe('connecting');
  FakeSocket.last.receive(event({ type: 'session.started', language: 'en', commands: [] }));
  FakeSocket.last.onmessage!({ data: 'no JSON' });
  FakeSocket.last.receive(7);
  FakeSocket.last.receive(event({ type: 'speech.started', segment_id: '1', start: 0 }));
  expect(states.map(({ status }) => status)).toEqual(['connecting', 'open']);
  expect(types).toEqual(['session.started', 'speech.started']);
});

test('messages are sent while it is open, and refused before and after', () => {
  const { client } = connect();
  expect([client.say('hi'), client.flush(), client.answer('p', 'yes'), client.playing(true)]).toEqual([
    false,
    false,
    false,
    false,
  ]);
  FakeSocket.last.start();
  expect([client.say('hi'), client.flush(), client.answer('p', 'yes'), client.playing(true)]).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(FakeSocket.last.sent.slice(1).map((text) => JSON.parse(text) as unknown)).toEqual([
    { type: 'playing', playing: true },
    { type: 'say', text: 'hi' },
    { type: 'flush' },
    { type: 'answer', prompt_id: 'p', text: 'yes' },
    { type: 'playing', playing: true },
  ]);
  client.close();
  expect(client.say('hi')).toBe(false);
});

describe('a lost connection', () => {
  test('while the client speaks is made known to the next session, which must not hear that voice', () => {
    const { client } = connect();
    FakeSocket.last.start();
    client.playing(true);
    FakeSocket.last.onclose!({ code: 1006 });
    client.connect();
    FakeSocket.last.start();
    expect(FakeSocket.last.sent.slice(1).map((text) => JSON.parse(text) as unknown)).toEqual([
      { type: 'playing', playing: true },
    ]);
  });

  test('is opened again after waits that grow up to about 8 s, and start small again after a session', () => {
    connect();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      const before = FakeSocket.all.length;
      FakeSocket.last.onclose!({ code: 1006 });
      const startMs = Date.now();
      while (FakeSocket.all.length === before) vi.advanceTimersToNextTimer();
      waits.push(Date.now() - startMs);
    }
    [500, 1000, 2000, 4000, 8000, 8000, 8000, 8000].forEach((wait, index) => {
      expect(waits[index]).toBeGreaterThanOrEqual(wait * 0.8);
      expect(waits[index]).toBeLessThanOrEqual(wait * 1.2 + 1);
    });
    FakeSocket.last.start();
    FakeSocket.last.onclose!({ code: 1006 });
    const before = FakeSocket.all.length;
    vi.advanceTimersByTime(601);
    expect(FakeSocket.all.length).toBe(before + 1);
  });

  test.each([
    [1006, 'lost'],
    [1001, 'lost'],
    [4408, 'timeout'],
    [4413, 'too-large'],
    [4429, 'too-many'],
    [4503, 'busy'],
  ])('closed with %i waits because of: %s', (code, reason) => {
    const { client } = connect();
    FakeSocket.last.onclose!({ code });
    expect(client.connection).toMatchObject({ status: 'waiting', code: reason });
  });

  test.each([
    [4400, 'bad-message'],
    [4401, 'unauthorized'],
  ])('closed with %i is not tried again, because of: %s', (code, reason) => {
    const { client } = connect();
    FakeSocket.last.receive(event({ type: 'error', code: reason, message: 'The token is wrong.' }));
    FakeSocket.last.onclose!({ code });
    expect(client.connection).toEqual({ status: 'refused', code: reason, message: 'The token is wrong.' });
    vi.runAllTimers();
    expect(FakeSocket.all).toHaveLength(1);
  });

  test('is opened again at once on request, and then not a second time', () => {
    const { client } = connect();
    FakeSocket.last.onclose!({ code: 1006 });
    client.connect();
    client.connect();
    expect(FakeSocket.all).toHaveLength(2);
    FakeSocket.last.start();
    vi.runAllTimers();
    expect(FakeSocket.all).toHaveLength(2);
  });

  test('includes a connection on which no session starts in time', () => {
    const { client } = connect();
    FakeSocket.last.onopen!();
    vi.advanceTimersByTime(10_000);
    expect(FakeSocket.last.isClosed).toBe(true);
    expect(client.connection).toMatchObject({ status: 'waiting', code: 'timeout' });
  });

  test('stays silent when it comes to life again', () => {
    const types: string[] = [];
    connect({ onEvent: ({ type }) => types.push(type) });
    const first = FakeSocket.last;
    first.onclose!({ code: 1006 });
    first.receive(event({ type: 'session.ended', reason: 'closed' }));
    first.onclose!({ code: 1006 });
    expect(types).toEqual([]);
    expect(FakeSocket.all).toHaveLength(1);
  });

  test('stays away after close()', () => {
    const { client, states } = connect();
    const socket = FakeSocket.last;
    client.close();
    socket.onclose!({ code: 1000 });
    vi.runAllTimers();
    expect(FakeSocket.all).toHaveLength(1);
    expect(states.at(-1)).toEqual({ status: 'closed' });
  });
});

test('listeners get their events and the states of the client, until they are removed', () => {
  const { client } = connect();
  const heard: unknown[] = [];
  const stop = client.on('speech.started', ({ segment_id }) => heard.push(segment_id));
  client.on('event', ({ type }) => heard.push(type));
  client.on('connection', ({ status }) => heard.push(status));
  FakeSocket.last.start();
  FakeSocket.last.receive(event({ type: 'speech.started', segment_id: '1', start: 0 }));
  stop();
  FakeSocket.last.receive(event({ type: 'speech.started', segment_id: '2', start: 0 }));
  expect(heard).toEqual(['open', 'session.started', '1', 'speech.started', 'speech.started']);
});

test('the token may come from the address, and does not stay in it', () => {
  new HeedClient({ url: 'https://example.org/voice/?token=secret' }).connect();
  FakeSocket.last.onopen!();
  expect(FakeSocket.last.url).toBe('wss://example.org/voice/v1/stream');
  expect(FakeSocket.last.messages).toMatchObject([{ type: 'start', token: 'secret' }]);
});

test('active commands and contexts hold for the next session too', () => {
  const { client } = connect({ active: ['lamp'] });
  FakeSocket.last.start();
  client.setActive(undefined);
  client.setActive(['lamp', 'paint']);
  client.setContexts(['music']);
  expect(FakeSocket.last.messages).toMatchObject([
    { type: 'start', active: ['lamp'] },
    { type: 'active', commands: null },
    { type: 'active', commands: ['lamp', 'paint'] },
    { type: 'contexts', contexts: ['music'] },
  ]);
  FakeSocket.last.onclose!({ code: 1006 });
  client.connect();
  FakeSocket.last.start();
  expect(FakeSocket.last.messages).toMatchObject([
    { type: 'start', active: ['lamp', 'paint'] },
    { type: 'contexts', contexts: ['music'] },
  ]);
});

test.each([
  ['floats', Float32Array.of(1, -1)],
  ['integers', Int16Array.of(0, 32_767, -32_768).subarray(1)],
])('sound of one’s own is sent as 16-bit integers when it comes as %s', (_, samples) => {
  const { client } = connect();
  FakeSocket.last.start();
  expect(client.sendAudio(samples)).toBe(true);
  const [pcm] = FakeSocket.last.sent.slice(1) as unknown as ArrayBuffer[];
  expect([...new Int16Array(pcm!)]).toEqual([32_767, -32_768]);
});

test('an end that the server confirms is no lost connection', () => {
  const { client, states } = connect();
  expect(client.end()).toBe(false);
  FakeSocket.last.start();
  expect(client.end()).toBe(true);
  FakeSocket.last.receive(event({ type: 'session.ended', reason: 'ended' }));
  FakeSocket.last.onclose!({ code: 1000 });
  vi.runAllTimers();
  expect(states.at(-1)).toEqual({ status: 'closed' });
  expect(FakeSocket.all).toHaveLength(1);
});

test('the language counts from the next session on', () => {
  const { client } = connect({ language: 'de' });
  FakeSocket.last.start();
  client.language = 'fr';
  client.close();
  client.connect();
  FakeSocket.last.onopen!();
  expect(FakeSocket.last.messages).toMatchObject([{ language: 'fr' }]);
});

test('where there is no microphone, opening it says what to do instead', async () => {
  vi.stubGlobal('navigator', undefined);
  const { client } = connect();
  await expect(client.startAudio()).rejects.toMatchObject({
    problem: 'unsupported',
    message: expect.stringContaining('sendAudio'),
  });
  expect(client.microphone).toBe('off');
});
