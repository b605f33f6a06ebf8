import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/index.ts';
import { HeedError } from '../../src/errors.ts';
import { createTranscriber } from '../../src/transcribe/index.ts';
import { unreadyReasons } from '../../src/server/readiness.ts';
import { eventually } from '../patience.ts';
import { listening, metric } from './listening.ts';
import { serve } from './harness.ts';

async function readiness(response: Response): Promise<[number, Record<string, unknown>]> {
  return [response.status, (await response.json()) as Record<string, unknown>];
}

test('heed is ready when it listens, and says so without a token', async () => {
  await using server = await listening({});
  expect(await readiness(await server.get('/v1/ready'))).toEqual([200, { status: 'ready' }]);
});

test('heed is not ready before its models are loaded, but healthy', async () => {
  await using server = await serve();
  expect(await readiness(await fetch(server.at('/v1/ready')))).toEqual([
    503,
    { status: 'not-ready', reason: 'loading', message: expect.stringContaining('not loaded') },
  ]);
  expect((await fetch(server.at('/v1/health'))).status).toBe(200);
  await server.heed.ears();
  expect((await fetch(server.at('/v1/ready'))).status).toBe(200);
});

test('heed is not ready while no worker can read, and is again when a worker has been replaced', async () => {
  // While this file exists, every worker ends when it starts.
  const broken = join(mkdtempSync(join(tmpdir(), 'heed-ready-')), 'model');
  const transcriber = await createTranscriber({ ...defaultConfig.transcribe, workers: 1 }, broken, {
    module: { path: join(import.meta.dirname, '../transcribe/fake-worker.js'), execArgv: [] },
  });
  await using server = await listening({ transcriber });
  expect((await server.get('/v1/ready')).status).toBe(200);
  const audio = transcriber.open('s');
  audio.append(new Float32Array(1_600));
  const { text } = await audio.read({ segmentId: 's', priority: 'final' });
  writeFileSync(broken, '');
  process.kill((JSON.parse(text) as { pid: number }).pid, 'SIGKILL');
  await eventually(async () => {
    const [status, { reason }] = await readiness(await server.get('/v1/ready'));
    expect([status, reason]).toEqual([503, 'no-worker']);
  });
  rmSync(broken);
  await eventually(async () => expect((await server.get('/v1/ready')).status).toBe(200));
  expect(await metric(server, 'heed_worker_restarts_total')).toBeGreaterThanOrEqual(1);
});

test('the docs list every reason', () => {
  const page = readFileSync('docs/operating.md', 'utf8').split('## Health and readiness')[1]!.split('\n## ')[0]!;
  const listed = [...page.matchAll(/^\| `([a-z-]+)` \| [^|]* \|$/gm)].map(([, reason]) => reason!);
  expect(listed.sort()).toEqual(Object.keys(unreadyReasons).sort());
});

test('heed is not ready when the voice activity model has ended', async () => {
  await using server = await listening({});
  Object.assign(server.ears.vad, { failure: new HeedError('native-failed', 'secret detail') });
  const [status, body] = await readiness(await server.get('/v1/ready'));
  expect([status, body['reason']]).toEqual([503, 'no-voice-activity']);
  expect(JSON.stringify(body)).not.toContain('secret');
});
