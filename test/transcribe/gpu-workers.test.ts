import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { defaultConfig, type Config } from '../../src/config/index.ts';
import { createTranscriber, type Transcriber } from '../../src/transcribe/index.ts';
import type { Transcript } from '../../src/types.ts';

const module = { path: join(import.meta.dirname, 'fake-worker.js'), execArgv: [] };
const open: Transcriber[] = [];
const logged: string[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((transcriber) => transcriber.close()));
  logged.splice(0);
});

interface Machine extends Partial<Config['transcribe']> {
  /** The name of the model, which tells the fake worker what to find. */
  finds: string;
  hasGpuEngine?: boolean;
}

async function start({ finds, hasGpuEngine = true, ...config }: Machine): Promise<Transcriber> {
  const transcriber = await createTranscriber({ ...defaultConfig.transcribe, ...config }, finds, {
    module,
    log: (line) => logged.push(line),
    hasGpuEngine,
  });
  open.push(transcriber);
  return transcriber;
}

/** Reads as many segments as can be read side by side, and returns how many processes did it. */
async function processes(transcriber: Transcriber): Promise<number> {
  const pids = Array.from({ length: transcriber.load().capacity }, async () => {
    const audio = transcriber.open('session');
    audio.append(new Float32Array(1_600));
    const { text } = await audio.read({ segmentId: 'seg', priority: 'final' });
    audio.close();
    return (JSON.parse(text) as { pid: number }).pid;
  });
  return new Set(await Promise.all(pids)).size;
}

test('on a GPU one process does all readings, so that the model is loaded once', async () => {
  const onCpu = await start({ finds: 'good', hasGpuEngine: false });
  const { capacity } = onCpu.load();
  expect(await processes(onCpu)).toBe(capacity);
  const onGpu = await start({ finds: 'gpu' });
  expect(onGpu.load()).toEqual({ waiting: 0, running: 0, capacity });
  expect(await processes(onGpu)).toBe(1);
  expect(onGpu.info).toMatchObject({ backend: 'vulkan', device: 'A GPU', workers: capacity });
  expect(logged).toEqual([]);
});

test('as many processes as the option says, on a GPU too', async () => {
  const transcriber = await start({ finds: 'gpu', workers: 3 });
  expect(transcriber.load().capacity).toBe(3);
  expect(await processes(transcriber)).toBe(3);
});

test.each([
  ['nobody built an engine for it', { finds: 'gpu', hasGpuEngine: false }],
  ['the option says so', { finds: 'gpu', gpu: false }],
])('the CPU reads without a word where %s', async (_, machine) => {
  const { info } = await start(machine);
  expect(info).toMatchObject({ backend: 'cpu' });
  expect(info).not.toHaveProperty('gpuProblem');
  expect(logged).toEqual([]);
});

test('a GPU that is part of the processor counts only when it is asked for', async () => {
  expect((await start({ finds: 'integrated' })).info.backend).toBe('cpu');
  expect((await start({ finds: 'integrated', integratedGpu: true })).info.backend).toBe('vulkan');
});

test.each([0, 2])(
  'without a usable GPU the CPU takes over with one line that says why, with %i workers',
  async (workers) => {
    const transcriber = await start({ finds: 'good', workers });
    expect(transcriber.info).toMatchObject({ backend: 'cpu', workers: transcriber.load().capacity });
    expect(await processes(transcriber)).toBe(transcriber.load().capacity);
    expect(logged).toEqual(['The CPU reads instead of a GPU: there is none']);
  },
);

test('a driver that crashes costs a line, and the CPU takes over', async () => {
  const transcriber = await start({ finds: 'gpu-crash' });
  expect(transcriber.info.backend).toBe('cpu');
  expect(logged).toEqual([expect.stringMatching(/^The CPU reads instead of a GPU: A speech worker ended: SIGABRT/)]);
});

test('a reading that takes too long costs nothing but itself, though its process ends', async () => {
  const transcriber = await start({ finds: 'gpu', maxReadMs: 300 });
  const read = (language: string): Promise<Transcript> => {
    const audio = transcriber.open('session');
    audio.append(new Float32Array(1_600));
    return audio.read({ segmentId: 'seg', priority: 'final', language });
  };
  const late = read('hold-hard');
  const beside = read(`hold-once:${join(mkdtempSync(join(tmpdir(), 'heed-gpu-')), 'marker')}`);
  await expect(late).rejects.toMatchObject({ code: 'timeout' });
  expect(JSON.parse((await beside).text)).toMatchObject({ reads: 1 });
});

test('a model that cannot be loaded is the fault of no GPU', async () => {
  await expect(start({ finds: 'bad' })).rejects.toMatchObject({ code: 'bad-model' });
  expect(logged).toEqual([]);
});
