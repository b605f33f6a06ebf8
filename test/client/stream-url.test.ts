import { afterEach, expect, test, vi } from 'vitest';
import { streamAddress } from '../../client/stream-url.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

test.each([
  ['https://example.org/voice/', 'wss://example.org/voice/v1/stream', undefined],
  ['https://example.org/voice', 'wss://example.org/voice/v1/stream', undefined],
  ['http://127.0.0.1:4333/?token=a%2Bb#top', 'ws://127.0.0.1:4333/v1/stream', 'a+b'],
  ['http://127.0.0.1:4333', 'ws://127.0.0.1:4333/v1/stream', undefined],
  ['ws://localhost:4333/v1/stream', 'ws://localhost:4333/v1/stream', undefined],
  ['wss://example.org/voice/v1/stream?room=2', 'wss://example.org/voice/v1/stream?room=2', undefined],
])('the server at %s has its stream at %s', (server, url, token) => {
  expect(streamAddress(server)).toEqual({ url, token });
});

test.each([
  ['http://127.0.0.1:4333/?token=secret', undefined, 'ws://127.0.0.1:4333/v1/stream'],
  ['https://example.org/voice/?token=secret', undefined, 'wss://example.org/voice/v1/stream'],
  ['https://example.org/voice/index.html', undefined, 'wss://example.org/voice/v1/stream'],
  ['https://example.org/app/', '/voice/', 'wss://example.org/voice/v1/stream'],
])('on the page %s, the server %j has its stream at %s', (href, server, url) => {
  vi.stubGlobal('location', { href });
  expect(streamAddress(server).url).toBe(url);
});

test('outside a page there is no default', () => {
  expect(() => streamAddress(undefined)).toThrow(/needs the option `url`/);
});
