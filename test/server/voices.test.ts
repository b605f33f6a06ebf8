import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { encodeWav } from '../../src/audio/index.ts';
import { HeedError } from '../../src/errors.ts';
import { VoiceStore } from '../../src/speakers/known/voice-store.ts';
import { serve, type TestServer } from './harness.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'heed-voices-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

async function serveVoices(): Promise<TestServer> {
  return serve({}, undefined, { voices: { dir } });
}

function put(name: string): void {
  const voice = {
    name,
    model: { name: 'other', sha256: '0'.repeat(64) },
    pieces: [{ vector: Float32Array.of(1), seconds: 12.34 }],
    enrolledAt: '2026-11-30T00:00:00.000Z',
  };
  new VoiceStore(dir, () => undefined).put(voice);
}

async function send(
  server: TestServer,
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(server.at(path), { headers: { authorization: `Bearer ${server.token}` }, ...init });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  data.set('file', new Blob([encodeWav(new Float32Array(16_000))]), 'voice.wav');
  return data;
}

describe('/v1/voices', () => {
  test('lists who is known, and forgets them', async () => {
    put('Änna B.');
    await using server = await serveVoices();
    expect((await send(server, '/v1/voices')).body).toEqual({
      voices: [{ name: 'Änna B.', seconds: 12.3, enrolled_at: '2026-11-30T00:00:00.000Z', is_usable: false }],
    });
    const path = `/v1/voices/${encodeURIComponent('Änna B.')}`;
    expect(await send(server, path, { method: 'DELETE' })).toEqual({ status: 200, body: { name: 'Änna B.' } });
    expect((await send(server, path, { method: 'DELETE' })).status).toBe(404);
    expect(readdirSync(dir)).toEqual([]);
  });

  test('names a voice anew', async () => {
    put('Änna B.');
    put('ben');
    await using server = await serveVoices();
    const rename = (from: string, body: unknown): ReturnType<typeof send> =>
      send(server, `/v1/voices/${encodeURIComponent(from)}`, { method: 'PATCH', body: JSON.stringify(body) });
    expect(await rename('Änna B.', { name: ' Anna ' })).toEqual({ status: 200, body: { name: 'Anna' } });
    expect((await send(server, '/v1/voices')).body).toMatchObject({ voices: [{ name: 'Anna' }, { name: 'ben' }] });
    expect((await rename('Änna B.', { name: 'carl' })).status).toBe(404);
    for (const body of [{ name: 'ben' }, { name: '../x' }, { name: 1 }, {}, []])
      expect((await rename('Anna', body)).status).toBe(400);
    expect((await send(server, '/v1/voices/ben', { method: 'PATCH', headers: {} })).status).toBe(401);
  });

  test('makes a voice known from an upload, with consent, and keeps no sound', async () => {
    await using server = await serveVoices();
    const add = vi.spyOn(server.heed, 'addVoice').mockResolvedValue({ name: 'anna', seconds: 12, alike: undefined });
    const body = form({ name: 'anna', consent: 'true' });
    const added = await send(server, '/v1/voices', { method: 'POST', body });
    expect(added).toEqual({ status: 201, body: { name: 'anna', seconds: 12 } });
    expect(add.mock.lastCall![0]).toBe('anna');
    expect(add.mock.lastCall![1]).toHaveLength(16_000);
  });

  test.each([{}, { consent: 'false' }, { consent: '' }])('refuses a voice without consent: %j', async (fields) => {
    await using server = await serveVoices();
    const add = vi.spyOn(server.heed, 'addVoice');
    const { status, body } = await send(server, '/v1/voices', {
      method: 'POST',
      body: form({ name: 'anna', ...(fields as Record<string, string>) }),
    });
    expect([status, body]).toMatchObject([400, { error: { message: expect.stringContaining('agree') } }]);
    expect(add).not.toHaveBeenCalled();
  });

  test('passes on why a recording does not suffice', async () => {
    await using server = await serveVoices();
    vi.spyOn(server.heed, 'addVoice').mockRejectedValue(new HeedError('bad-audio', 'please speak for 3 s more.'));
    const { body } = await send(server, '/v1/voices', { method: 'POST', body: form({ name: 'a', consent: 'true' }) });
    expect(body).toMatchObject({ error: { code: 'bad-audio', message: 'please speak for 3 s more.' } });
  });

  test('needs the token', async () => {
    await using server = await serveVoices();
    expect((await send(server, '/v1/voices', { headers: {} })).status).toBe(401);
    expect((await send(server, '/v1/voices/a', { method: 'DELETE', headers: {} })).status).toBe(401);
  });
});
