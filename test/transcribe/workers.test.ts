import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { defaultConfig, type Config } from '../../src/config/index.ts';
import {
  createTranscriber,
  type ReadOptions,
  type SegmentAudio,
  type Transcriber,
} from '../../src/transcribe/index.ts';
import type { HeedError } from '../../src/errors.ts';
import { keptGrammars } from '../../src/platform/recent.ts';
import type { DecoderGraph, Priority } from '../../src/types.ts';
import { eventually, neverMs } from '../patience.ts';

const module = { path: join(import.meta.dirname, 'fake-worker.js'), execArgv: [] };
const open: Transcriber[] = [];
const logged: string[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((transcriber) => transcriber.close()));
  logged.splice(0);
});

async function start(config: Partial<Config['transcribe']> = {}, modelPath = 'good'): Promise<Transcriber> {
  const transcriber = await createTranscriber({ ...defaultConfig.transcribe, workers: 1, ...config }, modelPath, {
    module,
    log: (line) => logged.push(line),
  });
  open.push(transcriber);
  return transcriber;
}

function segment(transcriber: Transcriber, { samples = 1_600, session = 'session' } = {}): SegmentAudio {
  const audio = transcriber.open(session);
  audio.append(new Float32Array(samples));
  return audio;
}

const final = (language = 'en', options: Partial<ReadOptions> = {}): ReadOptions => ({
  segmentId: 'seg',
  priority: 'final',
  language,
  ...options,
});

interface Report {
  pid: number;
  samples: number;
  graphs: string[];
  appends: number;
  reads: number;
  open: number;
}

/** Returns the path of a file that does not exist yet. */
function newFile(): string {
  return join(mkdtempSync(join(tmpdir(), 'heed-workers-')), 'marker');
}

async function capacity(transcriber: Transcriber, wanted: number): Promise<void> {
  await eventually(() => expect(transcriber.load().capacity).toBe(wanted));
}

async function report(audio: SegmentAudio, options: Partial<ReadOptions> = {}): Promise<Report> {
  return JSON.parse((await audio.read(final('en', options))).text) as Report;
}

const code = (expected: string) => expect.objectContaining({ name: 'HeedError', code: expected });

test('turns the reply of a worker into a transcript', async () => {
  const transcriber = await start();
  const { text, ...transcript } = await segment(transcriber, { samples: 16_000 }).read(
    final('en', { endSample: 8_000 }),
  );
  expect(transcript).toEqual({
    segmentId: 'seg',
    words: [{ word: text, startMs: 10, endMs: 90, confidence: 0.5 }],
    language: 'en',
    confidence: 0.9,
    noSpeechProbability: 0.1,
    logProbability: -1,
    tokens: 3,
    endMs: 90,
    alternatives: [],
    audioMs: 500,
    inferenceMs: 1,
    stageMs: { encode: 1 },
  });
  expect(transcriber.info).toEqual({
    model: 'base',
    backend: 'cpu',
    system: 'FAKE = 1',
    multilingual: true,
    workers: 1,
  });
});

test('sends audio ahead in pieces, and the rest with the reading', async () => {
  const audio = (await start()).open('session');
  for (let i = 0; i < 20; i++) audio.append(new Float32Array(512));
  const { samples, appends } = await report(audio);
  expect(samples).toBe(20 * 512);
  expect(appends).toBeGreaterThan(1);
  expect(appends).toBeLessThan(20);
});

test('an idle worker takes over the audio of a busy one, and keeps it', async () => {
  const transcriber = await start({ workers: 2 });
  expect(transcriber.load()).toEqual({ waiting: 0, running: 0, capacity: 2 });
  const audio = segment(transcriber);
  const home = await report(audio);
  const held = audio.read(final('hold'));
  const thief = await report(audio);
  expect(thief).toMatchObject({ samples: 1_600, open: 1 });
  expect(thief.pid).not.toBe(home.pid);
  audio.append(new Float32Array(100));
  expect(await report(audio)).toMatchObject({ pid: thief.pid, samples: 1_700 });
  audio.close();
  await expect(held).rejects.toEqual(code('aborted'));
});

test('shares the open audio among the workers', async () => {
  const transcriber = await start({ workers: 2 });
  const audios = Array.from({ length: 4 }, () => segment(transcriber));
  const reports = [];
  for (const audio of audios) reports.push(await report(audio));
  expect(new Set(reports.map(({ pid }) => pid)).size).toBe(2);
});

test('workers give way to hearing once more people speak than can be followed, as do their successors', async () => {
  const transcriber = await start();
  const wanted = Math.min(19, getPriority() + 5);
  const first = segment(transcriber);
  for (let others = 0; others < 3; others++) segment(transcriber);
  const { pid } = await report(first);
  expect(getPriority(pid)).toBe(getPriority());
  segment(transcriber);
  expect(getPriority(pid)).toBe(wanted);
  const { text } = await first.read(final(`die-once:${newFile()}`));
  expect(getPriority((JSON.parse(text) as Report).pid)).toBe(wanted);
});

test('sends a grammar once to a worker, and forgets the one used least recently', async () => {
  const transcriber = await start();
  const graph = (id: string): DecoderGraph => ({
    id,
    words: ['hello'],
    prompt: '',
    start: 0,
    arcStart: new Uint32Array([0, 1, 1]),
    arcKind: new Uint8Array([0]),
    arcLabel: new Uint32Array([0]),
    arcTarget: new Uint32Array([1]),
    final: new Uint8Array([0, 1]),
  });
  const audio = segment(transcriber);
  for (let i = 0; i < keptGrammars; i++) await report(audio, { grammar: graph(`g${i}`) });
  await report(audio, { grammar: graph('g0') });
  const { graphs } = await report(audio, { grammar: graph('another') });
  expect(graphs).toHaveLength(keptGrammars);
  expect(graphs).not.toContain('g1');
  expect(graphs).toContain('g0');
});

test('a killed worker costs one retry: another one reads, and it is replaced', async () => {
  const transcriber = await start({ workers: 2 });
  const audio = segment(transcriber);
  const { pid } = await report(audio);
  const marker = newFile();
  const { text } = await audio.read(final(`die-once:${marker}`));
  const survivor = JSON.parse(text) as Report;
  expect(survivor).toMatchObject({ samples: 1_600, reads: 1 });
  expect(survivor.pid).not.toBe(pid);
  await capacity(transcriber, 2);
  expect(logged).toEqual([expect.stringMatching(new RegExp(`SIGKILL \\(process ${pid}\\)\\. It is replaced`))]);
});

test('a worker that hangs is ended, and its reading done by another one', async () => {
  const transcriber = await start();
  const audio = segment(transcriber);
  const { pid } = await report(audio);
  process.kill(pid, 'SIGSTOP');
  expect((await report(audio)).pid).not.toBe(pid);
  expect(logged.join()).toContain('did not react to anything');
});

test.each(['loop', 'wait'])(
  'a reading that %ss for ever, while its worker answers, is done by another one',
  async (how) => {
    const transcriber = await start();
    const audio = segment(transcriber);
    const { pid } = await report(audio);
    const { text } = await audio.read(final(`${how}-once:${newFile()}`));
    expect((JSON.parse(text) as Report).pid).not.toBe(pid);
    expect(logged.join()).toContain('a reading did not end within 5000 ms');
  },
);

test('while every worker is silent nothing can be read, and their readings are done by their successors', async () => {
  const transcriber = await start({ workers: 2 });
  const audios = [segment(transcriber), segment(transcriber)];
  const before = await Promise.all(audios.map((audio) => report(audio)));
  const markers = [newFile(), newFile()];
  const readings = audios.map((audio, i) => audio.read(final(`wait-once:${markers[i]}`)));
  await eventually(() => expect(markers.every((marker) => existsSync(marker))).toBe(true));
  for (const { pid } of before) process.kill(pid, 'SIGSTOP');
  await capacity(transcriber, 0);
  const after = (await Promise.all(readings)).map(({ text }) => JSON.parse(text) as Report);
  expect(before.map(({ pid }) => pid)).not.toContain(after[0]!.pid);
  expect(before.map(({ pid }) => pid)).not.toContain(after[1]!.pid);
  await capacity(transcriber, 2);
});

test('a worker that was silent for a moment is given readings again', async () => {
  const transcriber = await start({ maxFinalWaitMs: neverMs });
  const audio = segment(transcriber);
  const { pid } = await report(audio);
  process.kill(pid, 'SIGSTOP');
  await capacity(transcriber, 0);
  const waiting = report(audio);
  expect(transcriber.load()).toMatchObject({ waiting: 1, running: 0 });
  process.kill(pid, 'SIGCONT');
  expect((await waiting).pid).toBe(pid);
});

test('a reading whose only worker is killed waits for the next one', async () => {
  const transcriber = await start();
  const audio = segment(transcriber);
  const { pid } = await report(audio);
  const { text } = await audio.read(final(`die-once:${newFile()}`));
  const next = JSON.parse(text) as Report;
  expect(next).toMatchObject({ samples: 1_600, reads: 1 });
  expect(next.pid).not.toBe(pid);
});

test('an idle worker that is killed is replaced, and its audio is read elsewhere', async () => {
  const transcriber = await start();
  const audio = segment(transcriber);
  process.kill((await report(audio)).pid, 'SIGKILL');
  await eventually(() => expect(logged).toHaveLength(1));
  audio.append(new Float32Array(100));
  await capacity(transcriber, 1);
  expect(await report(audio)).toMatchObject({ samples: 1_700, reads: 1 });
});

test('rejects with native-failed at once while every worker crashes at its start', async () => {
  const marker = newFile();
  const transcriber = await start({}, marker);
  const audio = segment(transcriber);
  const { pid } = await report(audio);
  writeFileSync(marker, '');
  process.kill(pid, 'SIGKILL');
  await expect(audio.read(final())).rejects.toEqual(code('native-failed'));
  expect(logged.at(-1)).toMatch(/^Speech workers keep ending; .* exit code 3 /);
  await expect(audio.read(final())).rejects.toEqual(code('native-failed'));
});

test('a reading that ends two workers rejects with worker-lost, and the next one works', async () => {
  const transcriber = await start({ workers: 2 });
  const audio = segment(transcriber);
  await expect(audio.read(final('die'))).rejects.toEqual(code('worker-lost'));
  expect((await report(audio)).samples).toBe(1_600);
  expect(logged.length).toBeGreaterThanOrEqual(1);
});

test('keeps what a worker sent before it ended', async () => {
  const transcriber = await start();
  const audio = segment(transcriber);
  await audio.read(final('answer-and-die'));
  expect((await report(audio)).reads).toBe(1);
});

test('settles every reading once, whatever is cut off, cancelled or killed', async () => {
  const story = fc.array(
    fc.record({
      language: fc.constantFrom('en', 'en', 'hold', 'die', 'answer-and-die', 'refuse'),
      priority: fc.constantFrom<Priority>('final', 'early', 'partial'),
      session: fc.nat(2),
      isAborted: fc.boolean(),
    }),
    { minLength: 20, maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(story, async (steps) => {
      const transcriber = await start({ workers: 3, maxQueue: 16 });
      const readings = steps.map(async ({ language, priority, session, isAborted }, index) => {
        const audio = segment(transcriber, { session: `session${session}` });
        const abort = new AbortController();
        const reading = audio.read({ segmentId: `${index}`, priority, language, signal: abort.signal });
        if (isAborted || language === 'hold') setImmediate(() => abort.abort());
        try {
          const { segmentId, text } = await reading;
          return segmentId === `${index}` && (JSON.parse(text) as Report).samples === 1_600 ? 'read' : 'mixed up';
        } catch (error) {
          return (error as HeedError).code;
        } finally {
          audio.close();
        }
      });
      const outcomes = await Promise.all(readings);
      expect(
        outcomes.filter(
          (outcome) => !['read', 'aborted', 'busy', 'worker-lost', 'bad-message', 'native-failed'].includes(outcome),
        ),
      ).toEqual([]);
      await eventually(() => expect(transcriber.load()).toMatchObject({ waiting: 0, running: 0 }));
      await transcriber.close();
    }),
    { numRuns: 3, endOnFailure: true },
  );
});

test('reports the last line of a worker that crashed', async () => {
  const transcriber = await start({ workers: 1 });
  await expect(segment(transcriber).read(final('last-words'))).rejects.toThrow(/SIGABRT: GGML_ASSERT failed$/);
});

test('ends a worker that breaks the protocol', async () => {
  const transcriber = await start();
  await expect(segment(transcriber).read(final('babble'))).rejects.toEqual(code('internal'));
  expect((await report(segment(transcriber))).reads).toBe(1);
});

test.each([
  ['what the engine refuses', 'refuse', 'bad-message'],
  ['a failure of unknown kind', 'strange', 'native-failed'],
])('passes on %s', async (_, script, expected) => {
  await expect(segment(await start()).read(final(script))).rejects.toEqual(code(expected));
});

test('ends a worker that reads too long, and rejects with timeout', async () => {
  const transcriber = await start({ maxReadMs: 100 });
  await expect(segment(transcriber).read(final('hold-hard'))).rejects.toEqual(code('timeout'));
  // Nothing more is read here: on a busy machine that would take too long as well.
  await eventually(() => expect(logged).toEqual([expect.stringContaining('It is replaced')]));
});

test('aborts by signal: while it runs, while it waits, and before it begins', async () => {
  const transcriber = await start();
  const [running, waiting] = [new AbortController(), new AbortController()];
  const audio = segment(transcriber);
  const first = audio.read(final('hold', { signal: running.signal }));
  const second = audio.read(final('en', { signal: waiting.signal }));
  expect(transcriber.load()).toEqual({ waiting: 1, running: 1, capacity: 1 });
  waiting.abort();
  running.abort();
  await expect(second).rejects.toEqual(code('aborted'));
  await expect(first).rejects.toEqual(code('aborted'));
  await expect(audio.read(final('en', { signal: AbortSignal.abort() }))).rejects.toEqual(code('aborted'));
  expect((await report(audio)).reads).toBe(2);
});

test('a final reading stops an early one of another segment, but not one that has been promoted', async () => {
  const transcriber = await start();
  const [first, second, third] = [segment(transcriber), segment(transcriber), segment(transcriber)];
  const stopped = first.read({ ...final('hold'), priority: 'early' });
  const served = report(second);
  await expect(stopped).rejects.toEqual(code('aborted'));
  await served;
  const promoted = third.read({ ...final('hold'), priority: 'early' });
  third.promote();
  const behind = report(second);
  expect(transcriber.load()).toEqual({ waiting: 1, running: 1, capacity: 1 });
  third.close();
  await expect(promoted).rejects.toEqual(code('aborted'));
  await behind;
});

test('refuses at once when too many wait, and when one has waited too long', async () => {
  const transcriber = await start({ maxQueue: 1 });
  const audio = segment(transcriber);
  const held = audio.read(final('hold'));
  const late = audio.read(final('en', { maxWaitMs: 20 }));
  await expect(audio.read(final())).rejects.toEqual(code('busy'));
  await expect(late).rejects.toEqual(code('busy'));
  audio.close();
  await expect(held).rejects.toEqual(code('aborted'));
});

test.each([
  ['more than 30 s', 'audio-too-long', (audio: SegmentAudio) => audio.append(new Float32Array(480_000))],
  [
    'samples that are no numbers',
    'bad-audio',
    (audio: SegmentAudio) => audio.append(new Float32Array([0, Number.NaN])),
  ],
])('refuses %s', async (_, expected, append) => {
  const audio = segment(await start());
  expect(() => append(audio)).toThrow(code(expected));
  expect(audio.length).toBe(1_600);
});

test.each([
  ['none', 0],
  ['what is not there', 1_601],
  ['half a sample', 0.5],
])('refuses a reading of %s', async (_, endSample) => {
  const audio = segment(await start());
  await expect(audio.read(final('en', { endSample }))).rejects.toEqual(code('bad-message'));
});

test('closed audio takes and reads nothing more; closing again is fine', async () => {
  const audio = segment(await start());
  audio.close();
  audio.close();
  expect(() => audio.append(new Float32Array(1))).toThrow(code('closed'));
  await expect(audio.read(final())).rejects.toEqual(code('closed'));
});

test('close settles what runs and waits, ends the workers, and may be called again', async () => {
  const transcriber = await start({ workers: 1 });
  const audio = segment(transcriber);
  const { pid } = await report(audio);
  const readings = [audio.read(final('hold-hard')), audio.read(final())];
  const outcomes = Promise.allSettled(readings);
  await Promise.all([transcriber.close(), transcriber.close()]);
  for (const outcome of await outcomes)
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'closed' } });
  expect(() => process.kill(pid, 0)).toThrow();
  await expect(audio.read(final())).rejects.toEqual(code('closed'));
  expect(() => transcriber.open('late')).toThrow(code('closed'));
  expect(logged).toEqual([]);
});

test.each([
  ['a model that it cannot load', 'bad-model', 'bad', {}],
  ['a crash at the start', 'worker-lost', 'crash', {}],
  ['a start that takes too long', 'timeout', 'hang', { maxStartMs: 300 }],
])('does not start with %s', async (_, expected, modelPath, config) => {
  await expect(start({ workers: 2, ...config }, modelPath)).rejects.toEqual(code(expected));
});
