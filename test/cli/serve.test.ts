import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { pcm, say } from '../server/fake-ears.ts';
import { TestClient } from '../server/harness.ts';
import { eventually } from '../patience.ts';

const token = 'token-7Hq2';

/** A server in a process of its own. */
function start(env: Record<string, string>, ...args: string[]): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'served.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, HEED_SERVER_PORT: '0', HEED_SERVER_DRAIN_MS: '3600000', ...env },
  });
}

/** A server that listens, and what it has written so far. */
async function serving(...args: string[]) {
  const server = start({ HEED_SERVER_TOKEN: token, HEED_LOG_LEVEL: 'debug' }, ...args);
  const output: string[] = [];
  server.stderr.on('data', (data: Buffer) => output.push(data.toString()));
  const [first] = (await once(server.stdout, 'data')) as [Buffer];
  output.push(first.toString());
  return { server, output, address: new URL(/http:[^;"\s]+/.exec(first.toString())![0]) };
}

/** The same, with a speaker in the middle of a phrase. */
async function speaking() {
  const { server, address } = await serving();
  const client = new TestClient(`ws://${address.host}/v1/stream`, {});
  client.send({ type: 'start', token, audio: { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 } });
  client.send(pcm(say('turn on the lamp', { silenceMs: 0 })));
  await client.next('speech.started');
  const isReady = async (): Promise<boolean> => (await fetch(new URL('/v1/ready', address))).ok;
  return { server, client, isReady };
}

test.each([[[]], [['--json']]])(
  'with %j a service prints its address without the token, and logs no token',
  async (args) => {
    const { server, output, address } = await serving(...args);
    expect(address.search).toBe('');
    await fetch(new URL(`/v1/commands?token=${token}`, address));
    const exit = once(server, 'exit');
    server.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
    expect(output.join('')).toContain('heed listens');
    expect(output.join('')).not.toContain(token);
  },
);

test('a service without a token does not start, and says what is missing', async () => {
  const server = start({ HEED_SERVER_TOKEN: '' });
  const said: string[] = [];
  server.stderr.on('data', (data: Buffer) => said.push(data.toString()));
  expect(await once(server, 'close')).toEqual([1, null]);
  expect(said.join('')).toContain('HEED_SERVER_TOKEN');
});

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
