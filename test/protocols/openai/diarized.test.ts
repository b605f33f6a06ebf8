import OpenAI, { toFile } from 'openai';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeWav } from '../../../src/audio/index.ts';
import { ScriptedVoices } from '../../files/scripted-voices.ts';
import { say } from '../../server/fake-ears.ts';
import { serve, type TestServer } from '../../server/harness.ts';

let server: TestServer;
let client: OpenAI;
let voices: ScriptedVoices;

const two = [
  { speaker: 0, start: 0, end: 2.4 },
  { speaker: 1, start: 2.4, end: 6 },
];

beforeEach(async () => {
  server = await serve();
  client = new OpenAI({ apiKey: server.token, baseURL: server.at('/v1'), maxRetries: 0 });
  // A recording sounds like the speaker whose number its samples tell.
  voices = new ScriptedVoices(two, (samples) => (samples[0]! > 0.1 ? Math.round(10 * samples[0]!) - 2 : undefined));
  server.heed.fileVoices = () => Promise.resolve(voices);
});
afterEach(() => server[Symbol.asyncDispose]());

const audio = (): Uint8Array =>
  encodeWav(
    Float32Array.from([
      ...say('turn on the lamp', { silenceMs: 2_300 }),
      ...say('what a lovely day', { silenceMs: 2_300 }),
    ]),
  );

/** A recording of a voice as a data URL. */
function reference(speaker: number, seconds = 3): string {
  const samples = new Float32Array(seconds * 16_000).fill(0.2 + speaker / 10);
  return `data:audio/wav;base64,${Buffer.from(encodeWav(samples)).toString('base64')}`;
}

type Params = Omit<
  Partial<OpenAI.Audio.TranscriptionCreateParamsNonStreaming<'diarized_json'>>,
  'response_format' | 'stream'
>;

async function transcribe(more: Params = {}): Promise<OpenAI.Audio.TranscriptionDiarized> {
  const file = await toFile(audio(), 'speech.wav');
  const model = 'gpt-4o-transcribe-diarize';
  const answer = await client.audio.transcriptions.create({ file, model, response_format: 'diarized_json', ...more });
  // The client's types know the format, but only as one of several of its overloads.
  return answer as unknown as OpenAI.Audio.TranscriptionDiarized;
}

test("diarized JSON says who said what, in OpenAI's form", async () => {
  const transcription = await transcribe({ chunking_strategy: 'auto' });
  expect(transcription).toEqual({
    task: 'transcribe',
    duration: expect.any(Number),
    text: 'turn on the lamp what a lovely day',
    segments: [
      { ...segment('seg_001', 'turn on the lamp'), speaker: 'A' },
      { ...segment('seg_002', 'what a lovely day'), speaker: 'B' },
    ],
    usage: { type: 'duration', seconds: 6 },
  });
  expect(voices.heardSamples / 16_000).toBeCloseTo(transcription.duration, 1);
  expect(voices).toMatchObject({ isClosed: true, counts: [{ min: 1, max: 20 }] });
});

function segment(id: string, text: string): object {
  return { type: 'transcript.text.segment', id, start: expect.any(Number), end: expect.any(Number), text };
}

test('OpenAI’s own settings of voice activity are taken without effect', async () => {
  const { segments } = await transcribe({ chunking_strategy: { type: 'server_vad', threshold: 0.3 } });
  expect(segments).toHaveLength(2);
});

test('a stream brings the text while it is read, the segments when all is heard, and the whole text', async () => {
  const file = await toFile(audio(), 'speech.wav');
  const events: OpenAI.Audio.TranscriptionStreamEvent[] = [];
  const model = 'gpt-4o-transcribe-diarize';
  const stream = await client.audio.transcriptions.create({
    file,
    model,
    response_format: 'diarized_json',
    stream: true,
  });
  for await (const event of stream) events.push(event);
  expect(events).toEqual([
    { type: 'transcript.text.delta', delta: 'turn on the lamp' },
    { type: 'transcript.text.delta', delta: ' what a lovely day' },
    { ...segment('seg_001', 'turn on the lamp'), speaker: 'A' },
    { ...segment('seg_002', 'what a lovely day'), speaker: 'B' },
    {
      type: 'transcript.text.done',
      text: 'turn on the lamp what a lovely day',
      usage: { type: 'duration', seconds: 6 },
    },
  ]);
  expect(voices.isClosed).toBe(true);
});

describe('known speakers', () => {
  test('have their names, and others letters', async () => {
    const { segments } = await transcribe({ known_speaker_names: ['Zoë'], known_speaker_references: [reference(1)] });
    expect(segments.map(({ speaker }) => speaker)).toEqual(['A', 'Zoë']);
  });

  test('whose name is a letter leave that letter to nobody else', async () => {
    const { segments } = await transcribe({ known_speaker_names: ['A'], known_speaker_references: [reference(1)] });
    expect(segments.map(({ speaker }) => speaker)).toEqual(['B', 'A']);
  });

  test('who are not heard change nothing', async () => {
    const { segments } = await transcribe({ known_speaker_names: ['Zoë'], known_speaker_references: [reference(4)] });
    expect(segments.map(({ speaker }) => speaker)).toEqual(['A', 'B']);
  });

  const many = Array.from({ length: 5 }, (_, i) => i);
  test.each<[string, Params, RegExp]>([
    ['names without recordings', { known_speaker_names: ['Zoë'] }, /1 and 0 came/],
    [
      'two of one name',
      { known_speaker_names: ['Zoë', 'Zoë'], known_speaker_references: [reference(0), reference(1)] },
      /two names are the same/,
    ],
    [
      'five',
      { known_speaker_names: many.map(String), known_speaker_references: many.map((i) => reference(i)) },
      /known_speaker_names/,
    ],
    [
      'a recording that is too short',
      { known_speaker_names: ['Zoë'], known_speaker_references: [reference(0, 1)] },
      /"Zoë" cannot be used: it is shorter than 2 s/,
    ],
    [
      'a recording that is too long',
      { known_speaker_names: ['Zoë'], known_speaker_references: [reference(0, 11)] },
      /longer than 10 s/,
    ],
    [
      'no recording of sound',
      { known_speaker_names: ['Zoë'], known_speaker_references: ['data:audio/wav;base64,bm8gc291bmQ='] },
      /it is no audio/,
    ],
    [
      'the address of a recording',
      { known_speaker_names: ['Zoë'], known_speaker_references: ['https://example.org/zoe.wav'] },
      /a data URL .* was expected/,
    ],
    [
      'a recording without a voice',
      {
        known_speaker_names: ['Zoë'],
        known_speaker_references: [
          `data:audio/wav;base64,${Buffer.from(encodeWav(new Float32Array(48_000))).toString('base64')}`,
        ],
      },
      /no voice can be made out/,
    ],
  ])('cannot be %s', async (_title, more, message) => {
    await expect(transcribe(more)).rejects.toMatchObject({
      status: 400,
      code: 'bad-message',
      type: 'invalid_request_error',
      message: expect.stringMatching(message),
    });
    expect(voices.heardSamples).toBe(0);
  });

  test('cannot have recordings of any size', async () => {
    const long = `data:audio/wav;base64,${'A'.repeat(4 * 1024 * 1024)}`;
    await expect(transcribe({ known_speaker_names: ['Zoë'], known_speaker_references: [long] })).rejects.toMatchObject({
      status: 413,
      code: 'too-large',
    });
    await expect(transcribe({ prompt: 'A'.repeat(17 * 1024) })).rejects.toMatchObject({ status: 413 });
  });
});

test('a translation does not tell voices apart', async () => {
  const body = new FormData();
  body.append('file', new Blob([audio()]), 'speech.wav');
  body.append('model', 'whisper-1');
  body.append('response_format', 'diarized_json');
  const headers = { authorization: `Bearer ${server.token}` };
  const response = await fetch(server.at('/v1/audio/translations'), { method: 'POST', body, headers });
  expect(response.status).toBe(400);
});

test('other formats need no voices', async () => {
  server.heed.fileVoices = () => Promise.reject(new Error('not wanted'));
  const file = await toFile(audio(), 'speech.wav');
  const { text } = await client.audio.transcriptions.create({ file, model: 'gpt-4o-transcribe-diarize' });
  expect(text).toBe('turn on the lamp what a lovely day');
});
