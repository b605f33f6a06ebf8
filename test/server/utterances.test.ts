import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeWholeFile } from '../../src/audio/decode-file.ts';
import { readCase } from '../../src/cases/index.ts';
import { type UtteranceTrace } from '../../src/trace/index.ts';
import { pcm, say } from './fake-ears.ts';
import { serve, type TestClient, type TestServer } from './harness.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'heed-cases-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const audio = { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 };

/** A server that has heard a phrase: its client, and the ids of session and utterance. */
async function afterPhrase(server: TestServer): Promise<{ client: TestClient; session: string; id: string }> {
  server.heed.config.cases.dir = dir;
  const client = await server.start({ audio });
  client.send(pcm(say('turn on the lamp')));
  const { session_id, segment_id } = await client.next('command.completed');
  return { client, session: session_id, id: segment_id! };
}

async function get<T>(server: TestServer, path: string): Promise<{ status: number; body: T }> {
  const response = await fetch(server.at(path), { headers: { authorization: `Bearer ${server.token}` } });
  return { status: response.status, body: (await response.json()) as T };
}

async function post(
  server: TestServer,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(server.at('/v1/cases'), {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('/v1/utterances', () => {
  test('lists what a session has said, and tells how it came about', async () => {
    await using server = await serve();
    const { session, id } = await afterPhrase(server);
    const {
      body: { utterances },
    } = await get<{ utterances: unknown[] }>(server, `/v1/utterances?session=${session}`);
    expect(utterances).toEqual([
      expect.objectContaining({ id, session_id: session, text: 'turn on the lamp', command: 'lamp' }),
    ]);
    const { body: trace } = await get<UtteranceTrace>(server, `/v1/utterances/${id}`);
    expect(trace).toMatchObject({
      id,
      has_audio: true,
      free: { text: 'turn on the lamp' },
      endpoint: { reason: 'complete' },
      understood: { match: { command: 'lamp', args: {} } },
      outcomes: [{ command: 'lamp', status: 'done', text: 'Done.' }],
      is_speech: true,
    });
    expect(trace.waterfall.map(({ step }) => step)).toEqual(
      expect.arrayContaining(['speech-end', 'reading-started', 'reading-ready', 'endpoint', 'handler', 'done']),
    );
    expect(Math.max(...trace.vad.probabilities)).toBe(0.99);
  });

  test('plays what was heard', async () => {
    await using server = await serve();
    const { id } = await afterPhrase(server);
    const response = await fetch(server.at(`/v1/utterances/${id}/audio?token=${server.token}`));
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'audio/wav',
      'cache-control': 'no-store',
    });
    const samples = await decodeWholeFile(new Uint8Array(await response.arrayBuffer()));
    expect(samples.length / 16_000).toBeCloseTo(0.64, 1);
    expect(Math.max(...samples)).toBeCloseTo(0.5, 2);
  });

  test('has nothing of a session that has ended', async () => {
    await using server = await serve();
    const { client, session, id } = await afterPhrase(server);
    client.send({ type: 'end' });
    await client.next('session.ended');
    expect((await get(server, `/v1/utterances?session=${session}`)).body).toEqual({ utterances: [] });
    expect((await get(server, `/v1/utterances/${id}`)).status).toBe(404);
    expect((await get(server, `/v1/utterances/${id}/audio`)).status).toBe(404);
  });

  test.each([
    ['without a session', '/v1/utterances', 400],
    ['of an unknown utterance', '/v1/utterances/nobody', 404],
    ['of a strange path', '/v1/utterances/a/b/c', 404],
    ['that climbs out', '/v1/utterances/..%2f..%2fetc', 404],
  ])('refuses a question %s', async (_, path, status) => {
    await using server = await serve();
    expect((await get(server, path)).status).toBe(status);
  });
});

describe('/v1/cases', () => {
  test.each([
    ['a command', { command: 'lamp', args: {} }, { command: 'lamp', args: {} }],
    ['no command', null, null],
    ['the words that say it', { say: 'paint the wall' }, { command: 'paint', args: {} }],
    [
      'several commands',
      [{ command: 'lamp' }, { command: 'paint' }],
      [
        { command: 'lamp', args: {} },
        { command: 'paint', args: {} },
      ],
    ],
  ])('saves an utterance with %s', async (_, expected, saved) => {
    await using server = await serve();
    const { id } = await afterPhrase(server);
    const { status, body } = await post(server, { utterance: id, expected });
    expect([status, body['expected']]).toEqual([201, saved]);
    expect(await readCase(dir, String(body['name']))).toMatchObject({
      heard: 'turn on the lamp',
      language: 'en',
      contexts: [],
      expected: saved,
    });
    expect(await decodeWholeFile(join(dir, `${String(body['name'])}.wav`))).toHaveLength(10_240);
  });

  test.each([
    ['an unknown utterance', { utterance: 'nobody', expected: null }, 404, 'not-found'],
    ['an unknown command', { expected: { command: 'nothing', args: {} } }, 404, 'not-found'],
    ['words that say no command', { expected: { say: 'what a lovely day' } }, 400, 'bad-message'],
    ['no expectation', {}, 400, 'bad-message'],
    ['an unknown field', { expected: null, file: '/etc/passwd' }, 400, 'bad-message'],
    ['no JSON', '{', 400, 'bad-message'],
    ['too much', `{"utterance": "${'x'.repeat(70_000)}"}`, 413, 'too-large'],
  ])('refuses %s and saves nothing', async (_, body, status, code) => {
    await using server = await serve();
    const { id } = await afterPhrase(server);
    expect(await post(server, typeof body === 'string' ? body : { utterance: id, ...body })).toMatchObject({
      status,
      body: { error: { code } },
    });
    expect(readdirSync(dir)).toEqual([]);
  });

  test('is only posted to', async () => {
    await using server = await serve();
    const response = await fetch(server.at(`/v1/cases?token=${server.token}`));
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });
});

describe('who may ask', () => {
  test.each(['/v1/utterances?session=s', '/v1/utterances/a', '/v1/utterances/a/audio'])(
    '%s wants the token, and no foreign page',
    async (path) => {
      await using server = await serve();
      expect((await fetch(server.at(path))).status).toBe(401);
      const headers = { authorization: `Bearer ${server.token}`, origin: 'https://evil.example' };
      expect((await fetch(server.at(path), { headers })).status).toBe(403);
    },
  );

  test('saving wants the token, and no foreign page', async () => {
    await using server = await serve();
    const { id } = await afterPhrase(server);
    const body = { utterance: id, expected: null };
    expect((await post(server, body, { authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await post(server, body, { origin: 'https://evil.example' })).status).toBe(403);
    expect(readdirSync(dir)).toEqual([]);
  });
});
