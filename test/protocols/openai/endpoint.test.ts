import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { encodeWav } from '../../../src/audio/index.ts';
import { createHeed } from '../../../src/index.ts';
import { protocols } from '../../../src/protocols/index.ts';
import { startServer } from '../../../src/server/index.ts';
import { say, ToneEars, type Phrase } from '../../server/fake-ears.ts';
import { eventually } from '../../patience.ts';
import { serve, type TestServer } from '../../server/harness.ts';

vi.mock(import('node:fs/promises'), async (original) => {
  const real = await original();
  return { ...real, mkdtemp: vi.fn(real.mkdtemp) as unknown as typeof real.mkdtemp };
});

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heed-openai-'));
  // Uploads go to the folder for temporary files; here it is one that the test can look into.
  vi.stubEnv('TMPDIR', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function speech(...said: Phrase[]): Float32Array {
  const parts = said.map((phrase) => [...say(phrase, { silenceMs: 2_300 })]);
  return Float32Array.from(parts.flat());
}

function form(fields: Record<string, string | Blob>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') data.append(name, value);
    else data.append(name, value, 'speech.wav');
  }
  return data;
}

const wav = (...said: Phrase[]): Blob => new Blob([encodeWav(speech(...said))], { type: 'audio/wav' });

function post(
  server: TestServer,
  body: FormData,
  { path = '/v1/audio/transcriptions', token = server.token } = {},
): Promise<Response> {
  return fetch(server.at(path), { method: 'POST', body, headers: { authorization: `Bearer ${token}` } });
}

/** Returns the uploads that are still on the disk. */
const left = (): string[] => readdirSync(folder).filter((name) => name.startsWith('heed-upload-'));

async function error(response: Response): Promise<{ message: string; type: string; code: string }> {
  return ((await response.json()) as { error: { message: string; type: string; code: string } }).error;
}

test('a file comes back as text in JSON', async () => {
  await using server = await serve();
  const response = await post(server, form({ file: wav('turn on the lamp', 'what a lovely day'), model: 'whisper-1' }));
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('application/json');
  expect(await response.json()).toEqual({
    text: 'turn on the lamp what a lovely day',
    usage: { type: 'duration', seconds: 6 },
  });
  await eventually(() => expect(left()).toEqual([]));
});

test('fields may come behind the file', async () => {
  await using server = await serve();
  const response = await post(server, form({ file: wav('break it'), response_format: 'text', model: 'whisper-1' }));
  expect(response.headers.get('content-type')).toContain('text/plain');
  expect(await response.text()).toBe('break it\n');
});

test.each([
  ['srt', 'application/x-subrip', /^1\n00:00:0\d,\d{3} --> 00:00:0\d,\d{3}\nturn on the lamp\n\n2\n/],
  ['vtt', 'text/vtt', /^WEBVTT\n\n00:00:0\d\.\d{3} --> /],
])('subtitles come as %s', async (format, type, expected) => {
  await using server = await serve();
  const response = await post(
    server,
    form({ file: wav('turn on the lamp', 'break it'), model: 'whisper-1', response_format: format }),
  );
  expect(response.headers.get('content-type')).toContain(type);
  expect(await response.text()).toMatch(expected);
});

test('verbose JSON has segments and words with their times', async () => {
  await using server = await serve();
  const body = form({
    file: wav('turn on the lamp', 'break it'),
    model: 'whisper-1',
    response_format: 'verbose_json',
    language: 'en',
  });
  body.append('timestamp_granularities[]', 'word');
  body.append('timestamp_granularities[]', 'segment');
  const verbose = (await (await post(server, body)).json()) as {
    words: { word: string; start: number }[];
    segments: { text: string; start: number; end: number }[];
  };
  expect(verbose).toMatchObject({ task: 'transcribe', language: 'english', duration: expect.closeTo(5.8, 1) });
  expect(verbose.words.map(({ word }) => word)).toEqual(['turn', 'on', 'the', 'lamp', 'break', 'it']);
  expect(verbose.segments.map(({ text }) => text)).toEqual([' turn on the lamp', ' break it']);
  expect(verbose.words[4]!.start).toBe(verbose.segments[1]!.start);
});

test('translations ask for a translation, transcriptions do not', async () => {
  await using server = await serve();
  const open = server.ears.transcriber.open.bind(server.ears.transcriber);
  const translated: (boolean | undefined)[] = [];
  server.ears.transcriber.open = (id) => {
    const audio = open(id);
    const read = audio.read.bind(audio);
    audio.read = (options) => {
      translated.push(options.translate);
      expect(options).toMatchObject({ language: 'auto', boost: ['Zoe'] });
      return read(options);
    };
    return audio;
  };
  for (const path of ['/v1/audio/transcriptions', '/v1/audio/translations']) {
    expect(
      (await post(server, form({ file: wav('break it'), model: 'tones', prompt: 'Talk of Zoe' }), { path })).status,
    ).toBe(200);
  }
  expect(translated).toEqual([false, true]);
});

test('the token is required before anything is accepted', async () => {
  await using server = await serve();
  const response = await post(server, form({ file: wav('break it'), model: 'whisper-1' }), { token: 'wrong' });
  expect(response.status).toBe(401);
  expect(await error(response)).toMatchObject({
    type: 'invalid_request_error',
    code: 'unauthorized',
    message: expect.stringContaining('token'),
  });
  expect(server.loadVad).not.toHaveBeenCalled();
});

test.each<[string, () => FormData, number, string]>([
  ['has no file', () => form({ model: 'whisper-1' }), 400, 'bad-message'],
  ['has a file by another name', () => form({ audio: wav('break it'), model: 'whisper-1' }), 400, 'bad-message'],
  [
    'has two files',
    () => {
      const body = form({ file: wav('break it'), model: 'whisper-1' });
      body.append('file', wav('break it'));
      return body;
    },
    400,
    'bad-message',
  ],
  ['has no model', () => form({ file: wav('break it') }), 400, 'bad-message'],
  ['wants a model that does not exist', () => form({ file: wav('break it'), model: 'gpt-5' }), 404, 'not-found'],
  [
    'has a file that is no audio',
    () => form({ file: new Blob(['not audio at all']), model: 'whisper-1' }),
    400,
    'bad-audio',
  ],
  [
    'has an endless field',
    () => form({ file: wav('break it'), model: 'whisper-1', prompt: 'x'.repeat(20_000) }),
    413,
    'too-large',
  ],
])('a form that %s is refused', async (_title, body, status, code) => {
  await using server = await serve();
  const response = await post(server, body());
  expect(response.status).toBe(status);
  expect(await error(response)).toMatchObject({ type: 'invalid_request_error', code });
  await eventually(() => expect(left()).toEqual([]));
});

test.each([
  ['is no form', 'application/json', '{}'],
  ['has no boundary', 'multipart/form-data;', 'x'],
  [
    'is cut',
    'multipart/form-data; boundary=b',
    '--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nabc',
  ],
])('a body that %s is refused', async (_title, type, body) => {
  await using server = await serve();
  const response = await fetch(server.at('/v1/audio/transcriptions'), {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${server.token}`, 'content-type': type },
  });
  expect(response.status).toBe(400);
  expect(await error(response)).toMatchObject({ code: 'bad-message' });
});

test('other methods are refused', async () => {
  await using server = await serve();
  const response = await fetch(server.at('/v1/audio/transcriptions'), {
    headers: { authorization: `Bearer ${server.token}` },
  });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('POST');
});

/** A request whose body the test writes itself. */
function upload(
  server: TestServer,
  headers: Record<string, string> = {},
): { request: ClientRequest; answer: Promise<{ status: number; body: string }> } {
  const request = httpRequest({
    host: '127.0.0.1',
    port: server.server.port,
    method: 'POST',
    path: '/v1/audio/transcriptions',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'multipart/form-data; boundary=b', ...headers },
  });
  const answer = new Promise<{ status: number; body: string }>((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response: IncomingMessage) => {
      let body = '';
      response.on('data', (part: Buffer) => {
        body += part.toString();
      });
      response.on('end', () => resolve({ status: response.statusCode!, body }));
    });
  });
  answer.catch(() => {
    /* Tests that end the request look at the server. */
  });
  request.write('--b\r\ncontent-disposition: form-data; name="file"; filename="a.wav"\r\n\r\n');
  return { request, answer };
}

async function serveSmall(): Promise<TestServer> {
  const log = vi.fn<(line: string) => void>();
  const ears = new ToneEars();
  const heed = await createHeed({
    commandsDir: false,
    log,
    config: { server: { port: 0, maxFiles: 1 }, audio: { maxUploadBytes: 100_000 } },
    vad: ears.vad,
    transcriber: ears.transcriber,
  });
  const server = await startServer(heed, { protocols, log: heed.log });
  const token = new URL(server.url).searchParams.get('token')!;
  return {
    heed,
    ears,
    server,
    log,
    token,
    at: (path: string) => `http://127.0.0.1:${server.port}${path}`,
    async [Symbol.asyncDispose]() {
      ears.release();
      await server.close();
      await heed.close();
    },
  } as unknown as TestServer;
}

test('a file that grows beyond the limit is refused while it arrives', async () => {
  await using server = await serveSmall();
  const { request, answer } = upload(server);
  request.write(Buffer.alloc(200_000));
  const { status, body } = await answer;
  expect(status).toBe(413);
  expect(JSON.parse(body)).toMatchObject({ error: { code: 'too-large', type: 'invalid_request_error' } });
  await eventually(() => expect(left()).toEqual([]));
  request.destroy();
});

test('a file whose size is announced above the limit is refused at once', async () => {
  await using server = await serveSmall();
  const { request, answer } = upload(server, { 'content-length': '1000000000' });
  expect((await answer).status).toBe(413);
  request.destroy();
});

test('a client that leaves while it sends leaves nothing behind, and frees its place', async () => {
  await using server = await serveSmall();
  const { request } = upload(server);
  await eventually(() => expect(left()).toHaveLength(1));
  expect((await post(server, form({ file: wav('break it'), model: 'whisper-1' }))).status).toBe(429);
  request.destroy();
  await eventually(() => expect(left()).toEqual([]));
  expect((await post(server, form({ file: wav('break it'), model: 'whisper-1' }))).status).toBe(200);
  expect(server.log).not.toHaveBeenCalled();
});

test('a client that leaves while its file is read ends the work', async () => {
  await using server = await serveSmall();
  server.ears.hold();
  const cancel = new AbortController();
  const response = fetch(server.at('/v1/audio/transcriptions'), {
    method: 'POST',
    signal: cancel.signal,
    body: form({ file: wav('break it'), model: 'whisper-1' }),
    headers: { authorization: `Bearer ${server.token}` },
  });
  response.catch(() => {
    /* Cancelled below. */
  });
  await eventually(() => expect(server.ears.openStreams).toBe(1));
  cancel.abort();
  server.ears.release();
  await eventually(() => expect(left()).toEqual([]));
  expect(server.ears.openStreams).toBe(0);
});

test('a server that closes leaves no upload behind', async () => {
  const server = await serveSmall();
  const { request } = upload(server);
  request.on('error', () => undefined);
  await eventually(() => expect(left()).toHaveLength(1));
  await server[Symbol.asyncDispose]();
  expect(left()).toEqual([]);
});

test('an upload for which there is no room is told so, and keeps no place', async () => {
  await using server = await serve({ maxFiles: 1 });
  const full = Object.assign(new Error('ENOSPC: no space left on device, mkdtemp'), { code: 'ENOSPC' });
  for (let count = 0; count < 3; count++) {
    vi.mocked(mkdtemp).mockRejectedValueOnce(full);
    const response = await post(server, form({ file: wav('break it'), model: 'whisper-1' }));
    expect(response.status).toBe(507);
    expect(await error(response)).toMatchObject({ type: 'server_error', code: 'no-space' });
  }
  expect((await post(server, form({ file: wav('break it'), model: 'whisper-1' }))).status).toBe(200);
});
