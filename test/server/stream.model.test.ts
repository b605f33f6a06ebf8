import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeWav } from '../../src/audio/index.ts';
import { createHeed, type Heed, type Listener } from '../../src/index.ts';
import { unhurried } from '../patience.ts';
import { wavFile } from '../protocols/wav-chunks/wav-file.ts';
import { speak, withSilence } from '../speech.ts';
import { pcm } from './fake-ears.ts';
import { nextEvent, TestClient } from './harness.ts';

const audio = { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 };
const token = 'secret';
let heed: Heed;
let server: Listener;

beforeAll(async () => {
  heed = await createHeed({
    config: unhurried({ transcribe: { model: 'tiny.en', workers: 2 }, server: { token } }),
    log: () => undefined,
  });
  server = await heed.listen();
});

afterAll(() => heed?.close());

const connect = (path: string) => new TestClient(`ws://127.0.0.1:${server.port}${path}`, {});

/** Returns a client whose session has started and that sends these samples in messages of 32 ms. */
function speaker(samples: Float32Array): TestClient {
  const client = connect('/v1/stream');
  client.send({ type: 'start', token, audio });
  const bytes = pcm(samples);
  for (let at = 0; at < bytes.length; at += 1_024) client.send(bytes.subarray(at, at + 1_024));
  return client;
}

test('a spoken command is heard, understood and run, and its state reaches the client', async () => {
  const client = speaker(withSilence(await speak('set the kitchen lights to fifty percent')));
  const final = await client.next('segment.final');
  // This is the free reading: the small model loses the first words of this voice, but the grammar finds them.
  expect(final.text).toMatch(/lights?\b.*\b(50|fifty)/i);
  expect(final.words.length).toBeGreaterThan(2);
  expect(final.end).toBeGreaterThan(final.start + 1);
  expect((await client.next('state')).value).toMatchObject({ rooms: { kitchen: { light: { level: 50, on: true } } } });
  expect(await client.next('command.completed')).toMatchObject({
    command: 'brightness',
    args: { room: 'kitchen', level: 50 },
    segment_id: final.segment_id,
  });
  client.send({ type: 'end' });
  expect(await client.closed).toEqual({ code: 1000, reason: 'ended' });
});

test('released push-to-talk runs the command without waiting for silence', async () => {
  const client = speaker(withSilence(await speak('turn on the bedroom lights'), { afterMs: 0 }));
  client.send({ type: 'flush' });
  expect((await client.next('speech.ended')).reason).toBe('flush');
  expect(await client.next('command.completed')).toMatchObject({ command: 'lights', args: { room: 'bedroom' } });
  client.socket.close();
});

test('people who speak at the same time each get their own words', async () => {
  const wanted = {
    'close the blinds in the office': /blinds in the office/i,
    'turn off the kitchen lights': /kitchen lights/i,
    'turn on the bedroom lights': /bedroom lights/i,
  };
  const heard = await Promise.all(
    Object.keys(wanted).map(async (phrase) => {
      const client = speaker(withSilence(await speak(phrase)));
      client.send({ type: 'end' });
      await client.closed;
      return client.events.flatMap((event) => (event.type === 'segment.final' ? [event.text] : [])).join(' ');
    }),
  );
  Object.values(wanted).forEach((pattern, index) => expect(heard[index]).toMatch(pattern));
});

test.each([
  ['/transcribe', (chunk: Buffer) => chunk],
  ['/transcription', (chunk: Buffer) => chunk.toString('base64')],
])('a client of %s gets the text of half-second WAV files at 48 kHz stereo', async (path, encode) => {
  const samples = withSilence(await speak('set the kitchen lights to fifty percent'));
  const client = connect(`${path}?token=${token}`);
  const done = nextEvent(heed.bus, 'command.completed');
  for (let at = 0; at < samples.length; at += 8_000)
    client.send(encode(wavFile(threefold(samples.subarray(at, at + 8_000)), { rateHz: 48_000, channels: 2 })));
  expect(await client.text()).toMatch(/lights?\b.*\b(50|fifty)/i);
  expect(await done).toMatchObject({ args: { room: 'kitchen', level: 50 } });
  client.socket.close();
});

test('anything but a command is text and runs nothing', async () => {
  const client = connect('/v1/stream');
  client.send({ type: 'start', token, audio: { encoding: 'wav' } });
  client.send(
    Buffer.from(encodeWav(withSilence(await speak('the weather was lovely when we walked along the river')))),
  );
  client.send({ type: 'end' });
  await client.closed;
  expect(client.types).toContain('command.unmatched');
  expect(client.types).not.toContain('command.matched');
});

/** Returns three samples for each one, on a straight line between neighbours. */
function threefold(samples: Float32Array): Float32Array {
  return Float32Array.from({ length: samples.length * 3 }, (_, index) => {
    const from = samples[Math.floor(index / 3)]!;
    const to = samples[Math.min(samples.length - 1, Math.floor(index / 3) + 1)]!;
    return from + (to - from) * ((index % 3) / 3);
  });
}
