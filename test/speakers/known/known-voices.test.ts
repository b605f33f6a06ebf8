import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Diarization, SpokenVoice } from '../../../src/speakers/diarization.ts';
import { KnownVoices } from '../../../src/speakers/index.ts';
import { sampleRateHz } from '../../../src/types.ts';

let folder: string;
let others: number;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'heed-known-')), 'voices');
  others = 0;
});

/** The speech of somebody, which is a number: it is the angle of the vector that describes it. */
function speech(angle: number, seconds: number): Float32Array {
  return new Float32Array(Math.round(seconds * sampleRateHz)).fill(angle);
}

/** What was said last tells whose voice it is. */
function openSpeech(): SpokenVoice {
  return {
    hear: () => undefined,
    describe: (rest) => {
      const angle = rest[rest.length >> 1]!;
      return Promise.resolve({ vector: Float32Array.of(Math.cos(angle), Math.sin(angle)), othersSeconds: others });
    },
    close: () => undefined,
  };
}

type Opened = Pick<Diarization, 'openSpeech'>;

function voicesOf(diarization: () => Promise<Opened> = () => Promise.resolve({ openSpeech })): KnownVoices {
  return new KnownVoices({ folder, diarization, log: () => undefined });
}

test('somebody who was made known is known again, and nobody else is', async () => {
  const voices = voicesOf();
  expect(await voices.add(' Anna ', speech(0, 12))).toEqual({ name: 'Anna', seconds: 12, alike: undefined });
  expect(voices.list()).toMatchObject([{ name: 'Anna', seconds: 12, isUsable: true }]);
  const [own, other] = [await voices.judge(speech(0, 2)), await voices.judge(speech(2, 2))];
  expect(own.scores[0]!.score).toBeGreaterThan(own.threshold);
  expect(other.scores[0]!.score).toBeLessThan(0.1);
  expect([own.doubt, other.doubt]).toEqual([undefined, undefined]);
  expect(voices.remove('anna')).toBe(true);
  expect((await voices.judge(speech(0, 2))).scores).toEqual([]);
});

test.each([
  ['too little speech', () => speech(0, 7.5), 'please speak for 3 s more'],
  ['two voices', half, 'More than one voice'],
])('%s is refused, and nothing is kept', async (_, sound, message) => {
  const voices = voicesOf();
  await expect(voices.add('anna', sound())).rejects.toThrow(message);
  expect(voices.list()).toEqual([]);
});

test('nothing that was said is left out', async () => {
  const voices = voicesOf();
  expect(await voices.add('anna', speech(0, 11))).toMatchObject({ seconds: 11 });
  const sound = speech(0, 11);
  sound.fill(2, 3 * sampleRateHz, 4 * sampleRateHz);
  const heard: number[] = [];
  const listening = (): SpokenVoice => ({
    ...openSpeech(),
    describe: (rest) => {
      heard.push(...new Set(rest));
      return openSpeech().describe(rest);
    },
  });
  await voicesOf(() => Promise.resolve({ openSpeech: listening })).add('bo', sound);
  expect(heard).toContain(2);
});

/** One person, and then another. */
function half(): Float32Array {
  const sound = speech(0, 12);
  sound.fill(2, sound.length / 2);
  return sound;
}

test('a recording in which others are heard is refused', async () => {
  others = 1;
  await expect(voicesOf().add('anna', speech(0, 12))).rejects.toThrow('More than one voice');
});

test('a voice that sounds like a known one is told, and its own is not', async () => {
  const voices = voicesOf();
  await voices.add('anna', speech(0, 12));
  expect((await voices.add('ben', speech(0.01, 12))).alike).toMatchObject({ name: 'anna' });
  expect((await voices.add('carl', speech(2, 12))).alike).toBeUndefined();
  voices.remove('ben');
  expect((await voices.add('anna', speech(0, 12))).alike).toBeUndefined();
});

test('speech that is too short is judged by nobody', async () => {
  const voices = voicesOf(() => Promise.reject(new Error('not needed')));
  expect(await voices.judge(speech(0, 0.3))).toMatchObject({ scores: [], doubt: { code: 'speech-too-short' } });
});

test('what is heard while somebody speaks counts, in its order, and is forgotten after', async () => {
  const told: unknown[] = [];
  const voices = voicesOf(() =>
    Promise.resolve({
      openSpeech: () => ({
        hear: (samples) => told.push(samples.length),
        describe: (rest) => {
          told.push(['describe', rest.length]);
          return openSpeech().describe(rest);
        },
        close: () => told.push('closed'),
      }),
    }),
  );
  await voices.add('anna', speech(0, 12));
  told.length = 0;
  const listener = voices.listen();
  listener.hear(speech(0, 1));
  listener.hear(speech(0, 0.5));
  const found = await listener.judge(speech(0, 0.1));
  expect(found).toMatchObject({ seconds: 1.6, scores: [{ name: 'anna' }] });
  expect(found.doubt).toBeUndefined();
  listener.close();
  await Promise.resolve();
  expect(told).toEqual([16_000, 8_000, ['describe', 1_600], 'closed']);
});

test('speech of several voices, and models that cannot be loaded, are doubts', async () => {
  const voices = voicesOf();
  await voices.add('anna', speech(0, 12));
  others = 0.5;
  expect(await voices.judge(speech(0, 2))).toMatchObject({ doubt: { code: 'several-voices' } });
  const failing = voicesOf(() => Promise.reject(new Error('no model')));
  expect(await failing.judge(speech(0, 2))).toMatchObject({
    doubt: { code: 'no-voice', reason: expect.stringContaining('no model') },
  });
});

test('a voice of another model is listed as such, and not compared', async () => {
  await voicesOf().add('anna', speech(0, 12));
  const file = join(folder, readdirSync(folder)[0]!);
  writeFileSync(file, readFileSync(file, 'utf8').replace(/"sha256": "../, '"sha256": "00'));
  const voices = voicesOf();
  expect(voices.list()).toMatchObject([{ name: 'anna', isUsable: false }]);
  expect(voices.names).toEqual([]);
  expect((await voices.judge(speech(0, 2))).scores).toEqual([]);
});

test('nothing of the sound is in the file', async () => {
  await voicesOf().add('anna', speech(0, 12));
  const [file] = readdirSync(folder);
  const text = readFileSync(join(folder, file!), 'utf8');
  expect(Object.keys(JSON.parse(text) as object).sort()).toEqual(
    ['consent', 'enrolledAt', 'format', 'model', 'name', 'pieces'].sort(),
  );
  expect(text.length).toBeLessThan(2_000);
});
