import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { HeedClient } from '../../client/heed-client.ts';
import type { Connection, HeedClientOptions } from '../../client/options.ts';
import { event } from '../web/events.ts';

/** The browser's end of a connection; the test plays the server. */
class FakeSocket {
  static all: FakeSocket[] = [];
  static get last(): FakeSocket {
    return FakeSocket.all.at(-1)!;
  }

  readonly sent: string[] = [];
  readonly url: string;
  bufferedAmount = 0;
  binaryType = '';
  isClosed = false;
  onopen?: () => void;
  onmessage?: (message: { data: string }) => void;
  onclose?: (close: { code: number }) => void;

  constructor(url: string) {
    this.url = url;
    FakeSocket.all.push(this);
  }

  send(data: string): void {
    this.sent.push(data);
  }

  close(): void {
    this.isClosed = true;
  }

  /** The server starts the session. */
  start(): void {
    this.onopen!();
    this.receive(event({ type: 'session.started', language: 'en', commands: [] }));
  }

  receive(message: unknown): void {
    this.onmessage!({ data: JSON.stringify(message) });
  }
}

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
    { type: 'say', text: 'hi' },
    { type: 'flush' },
    { type: 'answer', prompt_id: 'p', text: 'yes' },
    { type: 'playing', playing: true },
  ]);
  client.close();
  expect(client.say('hi')).toBe(false);
});

describe('a lost connection', () => {
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
    [4403, 'forbidden'],
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
