import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeWav } from '../../src/audio/index.ts';
import { defaultConfig } from '../../src/config/index.ts';
import { HeedError } from '../../src/errors.ts';
import {
  Journal,
  transcribeFile,
  transcribeWholeFile,
  type FileOptions,
  type FileProgress,
  type FileSegment,
} from '../../src/files/index.ts';
import type { ReadOptions, SegmentAudio } from '../../src/transcribe/transcriber.ts';
import { msToSamples, type Transcript } from '../../src/types.ts';
import { phrases, say, ToneEars, type Phrase } from '../server/fake-ears.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heed-files-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A silence that is long enough to end a chunk. */
const pauseMs = 2_300;

/** Writes a WAV file with one chunk of speech per phrase. */
function fileOf(said: readonly Phrase[], name = 'said.wav'): string {
  const parts = said.map((phrase) => say(phrase, { silenceMs: pauseMs }));
  const samples = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    samples.set(part, at);
    at += part.length;
  }
  const path = join(folder, name);
  writeFileSync(path, encodeWav(samples));
  return path;
}

/** Ears whose readings end when the test lets them, and may fail. */
class Desk extends ToneEars {
  readonly open: ReadOptions[] = [];
  answer: (read: () => Promise<Transcript>, options: ReadOptions, count: number) => Promise<Transcript> = (read) =>
    read();
  #count = 0;

  constructor() {
    super();
    const openAudio = this.transcriber.open.bind(this.transcriber);
    this.transcriber.open = (sessionId): SegmentAudio => {
      const audio = openAudio(sessionId);
      const read = audio.read.bind(audio);
      audio.read = async (options) => {
        this.open.push(options);
        try {
          return await this.answer(() => read(options), options, this.#count++);
        } finally {
          this.open.splice(this.open.indexOf(options), 1);
        }
      };
      return audio;
    };
  }
}

const options = (ears: Desk, more: Partial<FileOptions> = {}): FileOptions => ({
  config: defaultConfig,
  ears,
  ...more,
});

async function textsOf(path: string, given: FileOptions): Promise<string[]> {
  const texts: string[] = [];
  for await (const { text } of transcribeFile(path, given)) texts.push(text);
  return texts;
}

const said: Phrase[] = Array.from({ length: 9 }, (_, index) => phrases[index % phrases.length]!);

test('chunks come back in order, whichever is read first, with times since the start of the file', async () => {
  const ears = new Desk();
  let finishFirst = (): void => undefined;
  let asked = 0;
  ears.answer = async (read, _options, count) => {
    asked++;
    if (count === 3) setImmediate(finishFirst);
    if (count === 0)
      await new Promise<void>((resolve) => {
        finishFirst = resolve;
      });
    if (count === 0) expect(asked).toBe(4);
    return read();
  };
  const segments: FileSegment[] = [];
  for await (const segment of transcribeFile(fileOf(said), options(ears, { sideBySide: 4 }))) segments.push(segment);
  expect(segments.map(({ text }) => text)).toEqual(said);
  for (const [index, { startMs, words }] of segments.entries()) {
    // A chunk begins with the audio before its speech, and the desk's first word begins with its chunk.
    const spokenAtMs = index * (600 + pauseMs);
    expect(startMs).toBeGreaterThanOrEqual(Math.max(0, spokenAtMs - defaultConfig.vad.preRollMs - 32));
    expect(startMs).toBeLessThanOrEqual(spokenAtMs);
    expect(words[0]!.startMs).toBe(startMs);
  }
});

test('speech without a pause is cut before the model ends, and loses nothing', async () => {
  const ears = new Desk();
  const lengths: number[] = [];
  ears.answer = (read, { endSample }) => {
    lengths.push(endSample ?? 0);
    return read();
  };
  const path = join(folder, 'long.wav');
  const tone = say('what a lovely day', { speechMs: 70_000, silenceMs: 0 });
  writeFileSync(path, encodeWav(tone));
  let heard = 0;
  const open = ears.transcriber.open.bind(ears.transcriber);
  ears.transcriber.open = (sessionId) => {
    const audio = open(sessionId);
    const append = audio.append.bind(audio);
    audio.append = (samples) => {
      heard += samples.length;
      expect(samples.length).toBeLessThanOrEqual(msToSamples(30_000));
      append(samples);
    };
    return audio;
  };
  expect((await textsOf(path, options(ears))).length).toBeGreaterThanOrEqual(3);
  expect(heard).toBeGreaterThanOrEqual(tone.length);
});

test('progress never goes back and ends at the whole file', async () => {
  const seen: FileProgress[] = [];
  const transcript = await transcribeWholeFile(
    fileOf(said.slice(0, 3)),
    options(new Desk(), { onProgress: (progress) => seen.push(progress) }),
  );
  for (const key of ['heardMs', 'doneMs', 'share'] as const)
    expect(seen.map((progress) => progress[key])).toEqual(seen.map((progress) => progress[key]).sort((a, b) => a - b));
  expect(seen.at(-1)).toEqual({ heardMs: transcript.durationMs, doneMs: transcript.durationMs, share: 1 });
  expect(Math.abs(transcript.durationMs - 3 * (600 + pauseMs))).toBeLessThan(32);
});

test('a queue that is full of live speech delays a file, but does not end it', async () => {
  const ears = new Desk();
  ears.answer = (read, _options, count) => (count === 1 ? Promise.reject(new HeedError('busy', 'full')) : read());
  expect(await textsOf(fileOf(said.slice(0, 3)), options(ears))).toEqual(said.slice(0, 3));
});

test('a reading that fails ends the file with its error, and the others are cancelled', async () => {
  const ears = new Desk();
  const signals: AbortSignal[] = [];
  ears.answer = (read, { signal }, count) => {
    signals.push(signal!);
    return count === 1 ? Promise.reject(new HeedError('worker-lost', 'gone')) : read();
  };
  await expect(textsOf(fileOf(said), options(ears))).rejects.toMatchObject({ code: 'worker-lost' });
  expect(signals.every(({ aborted }) => aborted)).toBe(true);
  expect(ears.openStreams).toBe(0);
});

test('a caller that stops midway leaves nothing open', async () => {
  const ears = new Desk();
  for await (const { text } of transcribeFile(fileOf(said), options(ears))) {
    expect(text).toBe(said[0]);
    break;
  }
  expect(ears.open).toEqual([]);
  expect(ears.openStreams).toBe(0);
});

test('cancelling rejects with aborted', async () => {
  const cancel = new AbortController();
  const ears = new Desk();
  ears.answer = async (_read, { signal }) => {
    cancel.abort();
    expect(signal?.aborted).toBe(true);
    throw new HeedError('aborted', 'cancelled');
  };
  await expect(textsOf(fileOf(said), options(ears, { signal: cancel.signal }))).rejects.toMatchObject({
    code: 'aborted',
  });
});

test('with the language auto, the first speech decides for the whole file', async () => {
  const ears = new Desk();
  const asked: (string | undefined)[] = [];
  ears.answer = async (read, { language }) => {
    asked.push(language);
    return { ...(await read()), language: asked.length === 1 ? 'de' : 'fr' };
  };
  const { language } = await transcribeWholeFile(fileOf(said.slice(0, 4)), options(ears, { language: 'auto' }));
  expect(asked).toEqual(['auto', 'de', 'de', 'de']);
  expect(language).toBe('de');
});

test.each<[string, Partial<Transcript>, boolean]>([
  [
    'improbable words where nobody seems to speak are left out',
    { noSpeechProbability: 0.99, logProbability: -10, tokens: 5 },
    false,
  ],
  [
    'probable words are kept, although nobody seems to speak',
    { noSpeechProbability: 0.99, logProbability: -1, tokens: 5 },
    true,
  ],
  ['improbable words are kept where somebody speaks', { logProbability: -10, tokens: 5 }, true],
])('%s', async (_title, heard, isKept) => {
  const ears = new Desk();
  ears.answer = async (read, _options, count) => (count === 1 ? { ...(await read()), ...heard } : await read());
  expect(await textsOf(fileOf(said.slice(0, 3)), options(ears))).toEqual(
    isKept ? said.slice(0, 3) : [said[0], said[2]],
  );
});

test('an interrupted file goes on where it stopped, with the same result', async () => {
  const path = fileOf(said, 'resumed.wav');
  const whole = await transcribeWholeFile(path, options(new Desk()));
  const subject = { file: path, options: { model: 'tones' } };
  const ears = new Desk();
  ears.answer = (read, _options, count) =>
    count === 5 ? Promise.reject(new HeedError('worker-lost', 'gone')) : read();
  const first = await Journal.open(join(folder, 'resumed.part'), subject);
  await expect(textsOf(path, options(ears, { memory: first, sideBySide: 1 }))).rejects.toMatchObject({
    code: 'worker-lost',
  });
  const again = new Desk();
  let readings = 0;
  again.answer = (read) => {
    readings++;
    return read();
  };
  const second = await Journal.open(join(folder, 'resumed.part'), subject);
  expect(second.size).toBe(5);
  expect(await transcribeWholeFile(path, options(again, { memory: second }))).toEqual(whole);
  expect(readings).toBe(said.length - 5);
});

test('a file that ends early is transcribed up to there, and says so', async () => {
  const path = fileOf(['turn on the lamp', 'what a lovely day']);
  const whole = readFileSync(path);
  writeFileSync(path, whole.subarray(0, Math.round(0.45 * whole.length)));
  const { segments, warning } = await transcribeWholeFile(path, options(new Desk()));
  expect(segments.map(({ text }) => text)).toEqual(['turn on the lamp']);
  expect(warning).toMatch(/^The file ends early: only \d\.\d s of \d\.\d s could be read/);
});
