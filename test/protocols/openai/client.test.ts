import OpenAI, { toFile } from 'openai';
import { beforeEach, afterEach, expect, test } from 'vitest';
import { encodeWav } from '../../../src/audio/index.ts';
import { eventually } from '../../patience.ts';
import { say, type Phrase } from '../../server/fake-ears.ts';
import { serve, type TestServer } from '../../server/harness.ts';

let server: TestServer;
let client: OpenAI;

beforeEach(async () => {
  server = await serve({ allowedOrigins: ['https://app.example'] });
  client = new OpenAI({ apiKey: server.token, baseURL: server.at('/v1'), maxRetries: 0 });
});
afterEach(() => server[Symbol.asyncDispose]());

function bytesOf(...said: Phrase[]): Uint8Array {
  return encodeWav(Float32Array.from(said.flatMap((phrase) => [...say(phrase, { silenceMs: 2_300 })])));
}

const speech = (...said: Phrase[]): Promise<File> => toFile(bytesOf(...said), 'speech.wav');

test('a file comes back as text', async () => {
  const file = await speech('turn on the lamp');
  const transcription = await client.audio.transcriptions.create({ file, model: 'gpt-4o-transcribe' });
  expect(transcription.text).toBe('turn on the lamp');
  expect(transcription._request_id).toMatch(/^[\da-f-]{36}$/);
});

test('a stream brings each sentence while the next one is being read, and the whole text at the end', async () => {
  const file = await speech('turn on the lamp', 'what a lovely day');
  const reads = holdReads();
  reads.next();
  const stream = await client.audio.transcriptions.create({ file, model: 'gpt-4o-mini-transcribe', stream: true });
  const events: OpenAI.Audio.TranscriptionStreamEvent[] = [];
  for await (const event of stream) {
    events.push(event);
    if (events.length === 1) reads.next();
  }
  expect(events).toEqual([
    { type: 'transcript.text.delta', delta: 'turn on the lamp' },
    { type: 'transcript.text.delta', delta: ' what a lovely day' },
    {
      type: 'transcript.text.done',
      text: 'turn on the lamp what a lovely day',
      usage: { type: 'duration', seconds: 6 },
    },
  ]);
});

test('log-probabilities come for each word, in one piece and in a stream', async () => {
  const common = { file: await speech('break it'), model: 'gpt-4o-transcribe', include: ['logprobs' as const] };
  const { logprobs } = await client.audio.transcriptions.create({ ...common, response_format: 'json' });
  expect(logprobs).toEqual([
    { token: ' break', bytes: [...Buffer.from(' break')], logprob: expect.any(Number) },
    { token: ' it', bytes: [...Buffer.from(' it')], logprob: expect.any(Number) },
  ]);
  const stream = await client.audio.transcriptions.create({ ...common, stream: true });
  const all: unknown[] = [];
  for await (const event of stream) if ('logprobs' in event) all.push(event.logprobs);
  expect(all).toEqual([logprobs, logprobs]);
});

test('a client that leaves in the middle of a stream ends the work', async () => {
  const file = await speech('turn on the lamp', 'what a lovely day', 'break it');
  const reads = holdReads();
  reads.next();
  const stream = await client.audio.transcriptions.create({ file, model: 'whisper-1', stream: true });
  for await (const event of stream) {
    expect(event.type).toBe('transcript.text.delta');
    break;
  }
  await eventually(() => expect(server.ears.openStreams).toBe(0));
  reads.next();
  expect(reads.count).toBeLessThan(3);
});

test('an error before the first sentence is a response, and a later one ends the stream', async () => {
  await expect(
    client.audio.transcriptions.create({
      file: await toFile(Buffer.from('no audio')),
      model: 'whisper-1',
      stream: true,
    }),
  ).rejects.toMatchObject({ status: 400, code: 'bad-audio', type: 'invalid_request_error' });
  const reads = holdReads();
  reads.next();
  const file = await speech('turn on the lamp', 'what a lovely day');
  const stream = await client.audio.transcriptions.create({ file, model: 'whisper-1', stream: true });
  await expect(async () => {
    for await (const event of stream) {
      expect(event.type).toBe('transcript.text.delta');
      reads.fail();
    }
  }).rejects.toMatchObject({ code: 'internal', error: { type: 'server_error', param: null } });
});

test('a file that ends early says so beside its text', async () => {
  const file = await toFile(bytesOf('turn on the lamp').subarray(0, -2_000), 'cut.wav');
  const whole = (await client.audio.transcriptions.create({ file, model: 'whisper-1' })) as { warning?: string };
  expect(whole).toMatchObject({ text: 'turn on the lamp', warning: expect.stringMatching(/^The file ends early/) });
  const asText = await client.audio.transcriptions
    .create({ file, model: 'whisper-1', response_format: 'text' })
    .asResponse();
  expect(asText.headers.get('x-heed-warning')).toBe(whole.warning);
  let last: unknown;
  for await (const event of await client.audio.transcriptions.create({ file, model: 'whisper-1', stream: true }))
    last = event;
  expect(last).toMatchObject({ type: 'transcript.text.done', warning: whole.warning });
});

test('the models are listed and found by name', async () => {
  const models: string[] = [];
  for await (const { id } of client.models.list()) models.push(id);
  expect(models).toEqual([
    'tones',
    'whisper-1',
    'gpt-4o-transcribe',
    'gpt-4o-mini-transcribe',
    'gpt-4o-transcribe-diarize',
  ]);
  expect(await client.models.retrieve('gpt-4o-transcribe')).toMatchObject({ object: 'model', owned_by: 'heed' });
  expect((await client.models.retrieve('openai/whisper-tones')).id).toBe('openai/whisper-tones');
  await expect(client.models.retrieve('large.v9')).rejects.toMatchObject({
    status: 404,
    code: 'not-found',
    param: 'model',
    type: 'invalid_request_error',
  });
});

test('a page of an allowed origin may send every header that the client sends', async () => {
  const file = await speech('break it');
  let sent: string[] = [];
  const browserLike = client.withOptions({
    fetch: (url, init) => {
      sent = [...new Headers(init?.headers).keys()];
      return fetch(url, init);
    },
  });
  await browserLike.audio.transcriptions.create({ file, model: 'whisper-1' });
  expect(sent.filter((name) => name.startsWith('x-stainless-')).length).toBeGreaterThan(3);
  const asked = sent.join(',');
  const { status, headers } = await fetch(server.at('/v1/audio/transcriptions'), {
    method: 'OPTIONS',
    headers: {
      origin: 'https://app.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': asked,
      'access-control-request-private-network': 'true',
    },
  });
  expect(status).toBe(204);
  expect(Object.fromEntries(headers)).toMatchObject({
    'access-control-allow-origin': 'https://app.example',
    'access-control-allow-headers': asked,
    'access-control-allow-private-network': 'true',
  });
});

test('a wrong key is an authentication error', async () => {
  const stranger = client.withOptions({ apiKey: 'wrong' });
  await expect(stranger.models.list()).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
});

/** Makes each reading wait until the test lets it go on. */
function holdReads(): { next: () => void; fail: () => void; readonly count: number } {
  const { transcriber } = server.ears;
  const open = transcriber.open.bind(transcriber);
  const waiting: ((error?: Error) => void)[] = [];
  const early: (Error | undefined)[] = [];
  let count = 0;
  transcriber.open = (id) => {
    const audio = open(id);
    const read = audio.read.bind(audio);
    audio.read = async (options) => {
      count++;
      const error = early.length > 0 ? early.shift() : await new Promise<Error | undefined>((go) => waiting.push(go));
      if (error) throw error;
      return read(options);
    };
    return audio;
  };
  const go = (error?: Error): void => {
    const first = waiting.shift();
    if (first) first(error);
    else early.push(error);
  };
  return {
    next: () => go(),
    fail: () => go(new Error('lost')),
    get count() {
      return count;
    },
  };
}
