import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pcm, say } from '../server/fake-ears.ts';
import { TestClient } from '../server/harness.ts';
import { eventually } from '../patience.ts';

const token = 'token-7Hq2';

/** A server in a process of its own, with a speaker in the middle of a phrase. */
async function speaking(): Promise<{ server: ChildProcess; client: TestClient; isReady: () => Promise<boolean> }> {
  const server = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'served.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, HEED_SERVER_PORT: '0', HEED_SERVER_TOKEN: token, HEED_SERVER_DRAIN_MS: '3600000' },
  });
  const [line] = (await once(server.stdout, 'data')) as [Buffer];
  const address = new URL(line.toString().trim());
  const client = new TestClient(`ws://${address.host}/v1/stream`, {});
  client.send({ type: 'start', token, audio: { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 } });
  client.send(pcm(say('turn on the lamp', { silenceMs: 0 })));
  await client.next('speech.started');
  const isReady = async (): Promise<boolean> => (await fetch(new URL('/v1/ready', address))).ok;
  return { server, client, isReady };
}

test('after SIGTERM a phrase that is being spoken is heard, its command runs, and the process ends well', async () => {
  const { server, client, isReady } = await speaking();
  const exit = once(server, 'exit');
  server.kill('SIGTERM');
  await eventually(async () => expect(await isReady()).toBe(false));
  client.send(pcm(new Float32Array(16_000)));
  expect((await client.next('segment.final')).text).toBe('turn on the lamp');
  expect((await client.next('command.completed')).say).toBe('Done.');
  expect((await client.next('session.ended')).reason).toBe('shutdown');
  expect(await client.closed).toEqual({ code: 1001, reason: 'shutdown' });
  expect(await exit).toEqual([0, null]);
});

test('Ctrl+C waits for nobody who is speaking', async () => {
  const { server, client } = await speaking();
  const exit = once(server, 'exit');
  server.kill('SIGINT');
  expect(await client.closed).toEqual({ code: 1001, reason: 'shutdown' });
  expect(await exit).toEqual([130, null]);
  expect(client.types).not.toContain('segment.final');
});

test('a second signal ends the process although somebody is still speaking', async () => {
  const { server, isReady } = await speaking();
  const exit = once(server, 'exit');
  server.kill('SIGTERM');
  await eventually(async () => expect(await isReady()).toBe(false));
  // Signals that come right after the first one count as its echo, so it is sent until it counts.
  await eventually(() => {
    server.kill('SIGTERM');
    expect(server.exitCode).toBe(130);
  });
  expect(await exit).toEqual([130, null]);
});
