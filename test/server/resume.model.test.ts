import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createHeed, type Heed, type Listener } from '../../src/index.ts';
import { patient, unhurried } from '../patience.ts';
import { speak, withSilence } from '../speech.ts';
import { CuttingProxy } from './cutting-proxy.ts';
import { pcm } from './fake-ears.ts';
import { LineClient } from './line-client.ts';

vi.setConfig({ testTimeout: patient(30_000) });

let heed: Heed;
let server: Listener;

beforeAll(async () => {
  heed = await createHeed({
    config: unhurried({ transcribe: { model: 'tiny.en', workers: 2 }, server: { token: 'secret' } }),
    log: () => undefined,
  });
  server = await heed.listen();
});

afterAll(() => heed?.close());

test('a phrase whose line is down for 8 s in its middle is understood, and its command runs once', async () => {
  await using proxy = await CuttingProxy.open(
    () => server.port,
    () => undefined,
  );
  const client = new LineClient(() => `ws://127.0.0.1:${proxy.port}/v1/stream`, { token: 'secret' });
  const samples = withSilence(await speak('set the kitchen lights to fifty percent'));
  const bytes = Uint8Array.from(pcm(samples)).buffer;
  const middle = 1_024 * Math.round(bytes.byteLength / 2_048);
  const send = (from: number, to: number): void => {
    for (let at = from; at < to; at += 1_024) client.line.sendAudio(bytes.slice(at, Math.min(to, at + 1_024)));
  };
  await client.event('session.started');
  send(0, middle);
  await client.event('speech.started');
  proxy.cutNow();
  await client.is('waiting');
  // The clock of the client and the server goes on by 8 s; nobody has to wait for that.
  const now = performance.now.bind(performance);
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() + 8_000);
  send(middle, bytes.byteLength);

  const final = await client.event('segment.final');
  expect(final.text).toMatch(/lights?\b.*\b(50|fifty)/i);
  expect(await client.event('command.completed')).toMatchObject({
    command: 'brightness',
    args: { room: 'kitchen', level: 50 },
  });
  client.line.send({ type: 'end' });
  await client.event('session.ended');
  clock.mockRestore();
  for (const type of ['speech.started', 'segment.final', 'command.matched', 'command.completed'] as const)
    expect(client.all(type)).toHaveLength(1);
  expect(client.losses).toEqual([]);
  client.line.close();
});
