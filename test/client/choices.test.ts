import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HeedClient } from '../../client/heed-client.ts';
import type { Connection, HeedClientOptions } from '../../client/options.ts';
import { event } from '../web/events.ts';

class FakeSocket {
  static all: FakeSocket[] = [];
  readonly sent: Record<string, unknown>[] = [];
  closedWith: number | undefined;
  bufferedAmount = 0;
  onopen?: () => void;
  onmessage?: (message: { data: string }) => void;
  onclose?: (close: { code: number }) => void;

  constructor() {
    FakeSocket.all.push(this);
  }

  send(data: string): void {
    this.sent.push(JSON.parse(data) as Record<string, unknown>);
  }

  close(code: number): void {
    this.closedWith = code;
    this.onclose?.({ code });
  }

  start(): void {
    this.onopen!();
    this.onmessage!({ data: JSON.stringify(event({ type: 'session.started', language: 'en', commands: [] })) });
  }
}

beforeEach(() => {
  FakeSocket.all = [];
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('location', { href: 'http://127.0.0.1:4333/' });
});

afterEach(() => void vi.unstubAllGlobals());

function connect(options: Partial<HeedClientOptions> = {}) {
  const states: Connection['status'][] = [];
  const types: string[] = [];
  const client = new HeedClient({
    token: 'secret',
    workletUrl: 'capture-worklet.js',
    onConnection: ({ status }) => states.push(status),
    onEvent: ({ type }) => types.push(type),
    ...options,
  });
  client.connect();
  FakeSocket.all[0]!.start();
  return { client, states, types };
}

test('a session is opened with all that was chosen', () => {
  connect({ language: 'de', wake: 'computer', sensitivity: 0.8, chain: false });
  expect(FakeSocket.all[0]!.sent[0]).toMatchObject({
    language: 'de',
    wake: 'computer',
    sensitivity: 0.8,
    chain: false,
  });
});

test('other choices end the session and open another, and what the first still sends is not heard', () => {
  const { client, states, types } = connect({ language: 'de', chain: false });
  client.reopen({ sensitivity: 0.3 });
  const [first, second] = FakeSocket.all;
  expect(first!.closedWith).toBe(1000);
  first!.onmessage!({ data: JSON.stringify(event({ type: 'speech.started', segment_id: '1', start: 0 })) });
  second!.start();
  expect(states).toEqual(['connecting', 'open', 'closed', 'connecting', 'open']);
  expect(types).toEqual(['session.started', 'session.started']);
  expect(second!.sent[0]).toMatchObject({ type: 'start', sensitivity: 0.3 });
  expect(Object.keys(second!.sent[0]!)).not.toContain('language');
});

test('a client that is closed takes the choices and stays closed', () => {
  const { client } = connect();
  client.close();
  client.reopen({ language: 'fr' });
  expect(FakeSocket.all).toHaveLength(1);
  client.connect();
  FakeSocket.all[1]!.start();
  expect(FakeSocket.all[1]!.sent[0]).toMatchObject({ language: 'fr' });
});

test('it says when push-to-talk has interrupted the voice', () => {
  const { client } = connect();
  client.playing(true);
  client.playing(false);
  client.playing(false, { isHeld: true });
  expect(FakeSocket.all[0]!.sent.slice(1)).toEqual([
    { type: 'playing', playing: true },
    { type: 'playing', playing: false },
    { type: 'playing', playing: false, held: true },
  ]);
});
