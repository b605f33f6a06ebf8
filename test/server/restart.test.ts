import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { patient } from '../patience.ts';
import { pcm, say } from './fake-ears.ts';
import { LineClient } from './line-client.ts';

vi.setConfig({ testTimeout: patient(30_000) });

let folder = '';
let server: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heed-restart-'));
});

afterEach(() => {
  server?.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** Starts heed in the folder, as somebody would do in a project of their own; returns its address. */
async function start(port = 0): Promise<URL> {
  const script = join(import.meta.dirname, 'tone-server.ts');
  const started = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script, String(port)], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  server = started;
  const [line] = (await once(started.stdout, 'data')) as [Buffer];
  return new URL(line.toString().trim());
}

test('when the server is killed and started again, the client goes on by itself and says what was lost', async () => {
  const url = await start();
  const token = url.searchParams.get('token')!;
  const client = new LineClient(() => `ws://${url.host}/v1/stream`, { token });
  const speech = Uint8Array.from(pcm(say('turn on the lamp'))).buffer;
  const first = await client.event('session.started');
  client.line.sendAudio(speech);
  await client.event('command.completed');
  client.line.sendAudio(speech.slice(0, 16_000));
  await client.event('speech.started', 1);

  server!.kill('SIGKILL');
  await client.is('waiting');
  expect(client.line.connection).toMatchObject({ isKept: true });
  client.line.sendAudio(speech.slice(16_000));
  expect((await start(Number(url.port))).href).toBe(url.href);

  const second = await client.event('session.started', 1);
  expect(second.session_id).not.toBe(first.session_id);
  const { audioMs, ...loss } = await client.until(() => client.losses[0]);
  expect(loss).toEqual({ messages: 0, reason: 'not-resumable', message: expect.stringContaining('started again') });
  expect(audioMs).toBeGreaterThanOrEqual(1_500);
  expect(audioMs).toBeLessThan(3_000);
  client.line.sendAudio(speech);
  expect(await client.event('command.completed', 1)).toMatchObject({ session_id: second.session_id });
  expect(client.losses).toHaveLength(1);
  client.line.close();
});
