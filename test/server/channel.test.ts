import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { defaultConfig, type Config } from '../../src/config/index.ts';
import { HeedError } from '../../src/errors.ts';
import { Channel, type Connection } from '../../src/server/channel.ts';
import type { HeedSocket } from '../../src/server/heed-socket.ts';

/** The part of a socket that a channel uses. */
class FakeSocket extends EventEmitter {
  bufferedAmount = 0;
  isPaused = false;
  onFault: HeedSocket['onFault'];
  readonly sent: string[] = [];
  readonly closes: [number, string][] = [];
  readonly ping = vi.fn();
  readonly terminate = vi.fn();

  send(text: string): void {
    this.sent.push(text);
  }

  close(code: number, reason: string): void {
    this.closes.push([code, reason]);
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
  }
}

function newChannel(config: Partial<Config['server']> = {}) {
  const socket = new FakeSocket();
  const log = vi.fn<(line: string) => void>();
  const enter = vi.fn<(token: string | undefined) => void>((token) => {
    if (token !== 'secret') throw new HeedError('unauthorized', 'The token is wrong.');
  });
  const channel = new Channel(socket as unknown as HeedSocket, {
    config: { ...defaultConfig.server, ...config },
    log,
    isKnown: false,
    enter,
  });
  const received: string[] = [];
  const release: (() => void)[] = [];
  const protocol = {
    receive: vi.fn<Connection['receive']>((data) => {
      received.push(Buffer.from(data).toString());
      return new Promise((resolve) => release.push(resolve));
    }),
    tell: vi.fn<Connection['tell']>(({ code }) => channel.send(`told ${code}`)),
    end: vi.fn<Connection['end']>(),
  };
  channel.speak(protocol);
  const say = (text: string) => socket.emit('message', Buffer.from(text), false);
  const settle = () => new Promise(setImmediate);
  /** Lets the protocol finish one message. */
  const finish = async () => {
    release.shift()!();
    // Others may have their turn in between.
    await settle();
    await settle();
  };
  return { socket, channel, protocol, received, log, say, settle, finish };
}

test('a message is passed on when the one before it has been handled', async () => {
  const { say, received, finish } = newChannel();
  for (const text of ['one', 'two', 'three']) say(text);
  expect(received).toEqual(['one']);
  await finish();
  expect(received).toEqual(['one', 'two']);
  await finish();
  await finish();
  say('four');
  expect(received).toEqual(['one', 'two', 'three', 'four']);
});

test('when a quarter of the limit waits, the socket is paused until all is handled', async () => {
  const { say, socket, finish } = newChannel({ maxBufferedBytes: 4_000 });
  say('x'.repeat(500));
  say('x'.repeat(300));
  expect(socket.isPaused).toBe(false);
  say('x'.repeat(300));
  expect(socket.isPaused).toBe(true);
  await finish();
  await finish();
  expect(socket.isPaused).toBe(true);
  await finish();
  expect(socket.isPaused).toBe(false);
});

test.each([
  ['bytes', ['x'.repeat(1_500), 'x'.repeat(600)]],
  ['tiny messages', Array.from({ length: 40 }, () => '')],
])('more waiting %s than the limit end the connection', (_, texts) => {
  const { say, socket } = newChannel({ maxBufferedBytes: 2_000 });
  for (const text of texts) say(text);
  expect(socket.sent).toEqual(['told too-large']);
  expect(socket.closes).toEqual([[4413, 'too-large']]);
});

test('an error while a message is handled is reported, and nothing more is handled', async () => {
  const { say, socket, protocol, settle } = newChannel();
  protocol.receive.mockRejectedValueOnce(new HeedError('bad-audio', 'No.'));
  say('one');
  say('two');
  await settle();
  say('three');
  await settle();
  expect(protocol.receive).toHaveBeenCalledTimes(1);
  expect(socket.sent).toEqual(['told bad-audio']);
  expect(socket.closes).toEqual([[4400, 'bad-audio']]);
  expect(protocol.end.mock.calls).toEqual([['bad-audio']]);
});

test('an unforeseen error is logged, and reported without its message', () => {
  const { channel, protocol, log, socket } = newChannel();
  channel.refuse(new TypeError('secret detail'));
  expect(protocol.tell.mock.calls[0]![0].message).not.toContain('secret');
  expect(log.mock.calls[0]![0]).toContain('secret detail');
  expect(socket.closes).toEqual([[1011, 'internal']]);
});

test('a paused socket is read again when it closes, for the other side of the handshake', () => {
  const { say, channel, socket } = newChannel({ maxBufferedBytes: 1_000 });
  say('x'.repeat(200));
  say('x'.repeat(200));
  expect(socket.isPaused).toBe(true);
  channel.close(1000, 'ended');
  expect(socket.isPaused).toBe(false);
});

test('a client that leaves too much unread is closed without another word, and the protocol ends once', () => {
  const { channel, socket, protocol, log } = newChannel({ maxBufferedBytes: 1_000 });
  socket.bufferedAmount = 990;
  channel.send('x'.repeat(11));
  channel.send('more');
  channel.close(1000, 'ended');
  socket.emit('close');
  expect(socket.sent).toEqual([]);
  expect(socket.closes).toEqual([[1013, 'too-slow']]);
  expect(protocol.end.mock.calls).toEqual([['too-slow']]);
  expect(log).toHaveBeenCalledTimes(1);
});

test('a lost socket ends the protocol once', () => {
  const { socket, protocol, channel } = newChannel();
  socket.emit('error', new Error('reset'));
  socket.emit('close');
  channel.refuse(new HeedError('busy', 'Late.'));
  expect(protocol.end.mock.calls).toEqual([['disconnected']]);
  expect(socket.sent).toEqual([]);
});

test('shutting down waits for the protocol, which may still speak', async () => {
  const { socket, protocol, channel } = newChannel();
  protocol.end.mockImplementation(async () => {
    await Promise.resolve();
    channel.send('last words');
  });
  await channel.shutDown();
  expect([socket.sent, socket.closes]).toEqual([['last words'], [[1001, 'shutdown']]]);
});

test('a protocol that fails to end is logged and holds nothing up', async () => {
  const { protocol, channel, log } = newChannel();
  protocol.end.mockImplementation(() => {
    throw new Error('stuck');
  });
  await channel.shutDown();
  expect(log.mock.calls[0]![0]).toContain('stuck');
});

test('a connection that does not respond to a ping is dropped at the next one', () => {
  const { channel, socket, say } = newChannel();
  channel.beat();
  socket.emit('pong');
  channel.beat();
  say('a message is a sign of life too');
  channel.beat();
  expect(socket.ping).toHaveBeenCalledTimes(3);
  expect(socket.terminate).not.toHaveBeenCalled();
  channel.beat();
  expect(socket.terminate).toHaveBeenCalledTimes(1);
});

test('a connection that is not being read does not count as dead', async () => {
  const { channel, socket, say, finish } = newChannel({ maxBufferedBytes: 1_000 });
  channel.beat();
  say('x'.repeat(200));
  channel.beat();
  say('x'.repeat(200));
  for (let count = 0; count < 3; count++) channel.beat();
  await finish();
  await finish();
  channel.beat();
  expect(socket.terminate).not.toHaveBeenCalled();
});
