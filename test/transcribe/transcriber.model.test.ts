import type { ChildProcess } from 'node:child_process';
import { channel } from 'node:diagnostics_channel';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultConfig, type Config } from '../../src/config/index.ts';
import { compileGrammar } from '../../src/grammar/index.ts';
import { ensureModel } from '../../src/models/index.ts';
import { createTranscriber, type ReadOptions, type Transcriber } from '../../src/transcribe/index.ts';
import { samplesToMs, type Transcript } from '../../src/types.ts';
import { house } from '../grammar/commands.ts';
import { eventually } from '../patience.ts';
import { humanSample, humanText, speak } from '../speech.ts';

/** A sample between "Americans" and "ask" in the human sample. */
const inPause = 44_000;

const engines = ['in-process', 'workers'] as const;
const children: ChildProcess[] = [];
const transcribers: Partial<Record<Config['transcribe']['engine'], Transcriber>> = {};
let human: Float32Array;
let modelPath: string;

beforeAll(async () => {
  channel('child_process').subscribe((message) => children.push((message as { process: ChildProcess }).process));
  human = await humanSample();
  modelPath = await ensureModel('tiny.en', defaultConfig.models);
  for (const engine of engines) transcribers[engine] = await start(engine);
});

afterAll(async () => {
  await Promise.all(Object.values(transcribers).map((transcriber) => transcriber.close()));
});

function start(engine: Config['transcribe']['engine'], workers = 2): Promise<Transcriber> {
  return createTranscriber({ ...defaultConfig.transcribe, model: 'tiny.en', engine, workers }, modelPath);
}

const final = (options: Partial<ReadOptions> = {}): ReadOptions => ({
  segmentId: 'seg',
  priority: 'final',
  words: true,
  ...options,
});
const code = (expected: string) => expect.objectContaining({ name: 'HeedError', code: expected });

/** Returns only the words, because speech has neither case nor commas. */
function bare(text: string): string {
  return text.replace(/[^\p{L}\p{N} ]/gu, '').toLowerCase();
}

async function read(
  transcriber: Transcriber,
  samples: Float32Array,
  options: Partial<ReadOptions> = {},
  cuts: number[] = [512],
): Promise<Transcript> {
  const audio = transcriber.open('session');
  try {
    for (let at = 0, turn = 0; at < samples.length; turn++) {
      const length = cuts[turn % cuts.length]!;
      audio.append(samples.subarray(at, at + length));
      at += length;
    }
    return await audio.read(final(options));
  } finally {
    audio.close();
  }
}

/** Returns what does not depend on the clock. */
function timeless({ inferenceMs: _, stageMs: __, ...rest }: Transcript): Omit<Transcript, 'inferenceMs' | 'stageMs'> {
  return rest;
}

describe.each(engines)('%s', (engine) => {
  const transcriber = (): Transcriber => transcribers[engine]!;

  test('describes itself', () => {
    expect(transcriber().info).toMatchObject({ model: 'tiny.en', multilingual: false, workers: 2 });
    expect(transcriber().info.system).not.toBe('');
  });

  test('reads a human voice, with words in order of time and confidence', async () => {
    const transcript = await read(transcriber(), human);
    expect(bare(transcript.text)).toBe(humanText.toLowerCase());
    expect(transcript.words.map(({ word }) => bare(word)).join(' ')).toBe(humanText.toLowerCase());
    let lastMs = 0;
    for (const { startMs, endMs, confidence } of transcript.words) {
      expect(startMs).toBeGreaterThanOrEqual(lastMs);
      expect(endMs).toBeGreaterThanOrEqual(startMs);
      expect(confidence).toBeGreaterThan(0);
      expect(confidence).toBeLessThanOrEqual(1);
      lastMs = endMs;
    }
    expect(lastMs).toBeLessThanOrEqual(samplesToMs(human.length));
    // By its energy, "Americans" ends at 2.1 to 2.2 s, and the pause after it at 3.2 s.
    expect(transcript.words[4]!.endMs).toBeGreaterThan(1_900);
    expect(transcript.words[4]!.endMs).toBeLessThan(2_700);
    expect(transcript).toMatchObject({ segmentId: 'seg', language: 'en', audioMs: samplesToMs(human.length) });
    expect(transcript.noSpeechProbability).toBeLessThan(0.5);
  });

  test.each([['turn off the lights in the bedroom'], ['what is the time'], ['set a timer for ten minutes']])(
    'reads "%s"',
    async (sentence) => {
      const { text } = await read(transcriber(), await speak(sentence));
      expect(bare(text).replace('10', 'ten')).toBe(sentence);
    },
  );

  test('reads as far as it is asked', async () => {
    const { text, audioMs } = await read(transcriber(), human, { endSample: inPause });
    expect(bare(text)).toMatch(/^and so .*fellow americans$/);
    expect(audioMs).toBe(samplesToMs(inPause));
  });

  test('gives the same text wherever the audio is cut while it arrives', async () => {
    const samples = await speak('turn off the lights in the bedroom');
    const whole = timeless(await read(transcriber(), samples, {}, [samples.length]));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 5 }), async (cuts) => {
        expect(timeless(await read(transcriber(), samples, {}, cuts))).toEqual(whole);
      }),
      { numRuns: 5 },
    );
  });

  test('reads the audio a second time, when more of it has come', async () => {
    const audio = transcriber().open('session');
    audio.append(human.subarray(0, inPause));
    const first = await audio.read(final({ priority: 'early' }));
    audio.append(human.subarray(inPause));
    const second = await audio.read(final());
    audio.close();
    expect(bare(first.text)).toMatch(/^and so .*fellow americans$/);
    expect(bare(second.text)).toBe(humanText.toLowerCase());
  });

  test('holds a second reading of the same audio to a grammar', async () => {
    const { graph } = compileGrammar(house, { language: 'en' }).grammar;
    const { constrained } = await read(transcriber(), await speak('set the kitchen lights to fifty percent'), {
      grammar: graph,
    });
    expect(bare(constrained![0]!.text)).toMatch(/^set the kitchen lights to (fifty|50) ?(percent)?$/);
    expect(
      (await read(transcriber(), await speak('what is the time'), { grammar: graph })).constrained![0]!.text,
    ).toMatch(/the time/i);
  });

  test('an aborted reading rejects, and leaves its worker and its audio usable', async () => {
    const audio = transcriber().open('session');
    audio.append(human);
    for (const turns of [0, 1, 50]) {
      const abort = new AbortController();
      const reading = expect(audio.read(final({ signal: abort.signal }))).rejects.toEqual(code('aborted'));
      // The number of turns of the event loop before the abort: at once, on the way to the engine, and while it is
      // read.
      for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
      abort.abort();
      await reading;
    }
    expect(bare((await audio.read(final())).text)).toBe(humanText.toLowerCase());
    audio.close();
    await eventually(() => expect(transcriber().load()).toEqual({ waiting: 0, running: 0, capacity: 2 }));
  });

  test('a final reading stops early ones when every worker is busy, and its text is right', async () => {
    // Synthesizing a sentence for the first time takes a while, so it is done before the readings begin.
    const question = await speak('what is the time');
    const helpers = [0, 1].map((session) => {
      const audio = transcriber().open(`helper${session}`);
      audio.append(human);
      const reading = audio.read(final({ priority: 'early' }));
      return {
        audio,
        reading: reading.then(
          ({ text }) => text,
          (error: unknown) => error,
        ),
      };
    });
    const { text } = await read(transcriber(), question);
    expect(bare(text)).toBe('what is the time');
    const outcomes = await Promise.all(helpers.map(({ reading }) => reading));
    expect(outcomes).toContainEqual(code('aborted'));
    for (const { audio } of helpers) audio.close();
  });

  test.each([
    ['less than 100 ms', 'bad-audio', 1_599, {}],
    ['a language that this model does not know', 'bad-message', 16_000, { language: 'de' }],
    ['a language that does not exist', 'bad-message', 16_000, { language: 'tlh' }],
    ['too many readings', 'bad-message', 16_000, { nBest: 9 }],
  ])('refuses %s', async (_, expected, samples, options) => {
    await expect(read(transcriber(), new Float32Array(samples), options)).rejects.toEqual(code(expected));
  });

  test('close settles what is being read and what waits', async () => {
    const own = await start(engine, 1);
    const audio = own.open('session');
    audio.append(human);
    const outcomes = Promise.allSettled([audio.read(final()), audio.read(final()), audio.read(final())]);
    await own.close();
    for (const outcome of await outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'closed' } });
  });

  test('does not load a file that is not a model', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'heed-model-')), 'ggml-none.bin');
    writeFileSync(path, 'this is no model');
    await expect(createTranscriber({ ...defaultConfig.transcribe, engine, workers: 1 }, path)).rejects.toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^(bad-model|native-failed)$/) }),
    );
  });
});

test('workers and this process read the same', async () => {
  const samples = await speak('turn off the lights in the bedroom');
  const { graph } = compileGrammar(house, { language: 'en' }).grammar;
  const options = { nBest: 3, grammar: graph, boost: ['bedroom'] };
  const [here, there] = await Promise.all(engines.map((engine) => read(transcribers[engine]!, samples, options)));
  expect(timeless(there!)).toEqual(timeless(here!));
});

test('a worker killed while it reads costs one retry and is replaced', async () => {
  const transcriber = transcribers.workers!;
  await eventually(() => expect(transcriber.load().capacity).toBe(2));
  const alive = children.filter(
    (child) =>
      child.exitCode === null &&
      child.signalCode === null &&
      child.spawnargs.some((arg) => /transcribe.worker/.test(arg)),
  );
  expect(alive).toHaveLength(2);
  const audios = [0, 1].map((session) => {
    const audio = transcriber.open(`session${session}`);
    audio.append(human);
    return audio;
  });
  const readings = audios.map((audio) => audio.read(final()));
  expect(transcriber.load().running).toBe(2);
  process.kill(alive[0]!.pid!, 'SIGKILL');
  for (const { text } of await Promise.all(readings)) expect(bare(text)).toBe(humanText.toLowerCase());
  for (const audio of audios) audio.close();
  await eventually(() => expect(transcriber.load().capacity).toBe(2));
  expect(alive[0]!.signalCode).toBe('SIGKILL');
});
