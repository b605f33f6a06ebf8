import { expect, test } from 'vitest';
import type { NativeAddon, NativeEngine } from '../../src/transcribe/binding.ts';
import { loadNativeEngine, type Addons, type LoadedEngine } from '../../src/transcribe/native-engine.ts';
import { HeedError } from '../../src/errors.ts';

const native = (backend: string): NativeEngine => ({ backend }) as NativeEngine;

/** An addon that reads with a backend. If `problem` is given, it fails with that on a GPU. */
function addon(backend: string, problem?: string): NativeAddon {
  return {
    load: async (_, { gpu }) => {
      if (gpu && problem !== undefined) throw new Error(problem);
      return native(gpu ? backend : 'cpu');
    },
  };
}

/** The addons that are built, by name. An error stands for an addon that does not load. */
function built(addons: Partial<Record<'heed' | 'heed-gpu', NativeAddon | HeedError>>): Addons {
  return {
    has: (name) => addons[name] !== undefined,
    load: (name) => {
      const found = addons[name] ?? new HeedError('native-failed', `${name} is not built`);
      if (found instanceof HeedError) throw found;
      return found;
    },
  };
}

const needs = { gpu: true, integratedGpu: false, readers: { cpu: 1, gpu: 4 } };
const load = (addons: Addons, change: Partial<typeof needs> = {}): Promise<LoadedEngine> =>
  loadNativeEngine('model.bin', { ...needs, ...change }, addons);
const noLibrary = new HeedError('native-failed', 'Run npm run setup.', {
  cause: new Error('libcublas.so.13: cannot open shared object file: No such file or directory\nRequire stack: …'),
});
const problem = 'libcublas.so.13: cannot open shared object file: No such file or directory';

test('a GPU reads if an engine was built for it, with the number of readers for a GPU', async () => {
  const addons = built({ heed: addon('cpu'), 'heed-gpu': addon('cuda') });
  expect(await load(addons)).toEqual({ native: native('cuda'), readers: 4 });
  expect(await load(addons, { gpu: false })).toEqual({ native: native('cpu'), readers: 1 });
});

test('without an engine for a GPU the CPU reads, and that is no problem', async () => {
  expect(await load(built({ heed: addon('cpu') }))).toEqual({ native: native('cpu'), readers: 1 });
});

test('the CPU takes over if the driver is missing, and the problem is reported', async () => {
  const addons = built({ heed: addon('cpu'), 'heed-gpu': noLibrary });
  expect(await load(addons)).toEqual({ native: native('cpu'), readers: 1, gpuProblem: problem });
});

test('the CPU takes over if the GPU fails', async () => {
  const addons = built({ heed: addon('cpu'), 'heed-gpu': addon('vulkan', 'No GPU was found.') });
  expect(await load(addons)).toEqual({ native: native('cpu'), readers: 1, gpuProblem: 'No GPU was found.' });
});

test('an engine for a GPU reads on the CPU itself if there is no other engine', async () => {
  const addons = built({ 'heed-gpu': addon('vulkan', 'No GPU was found.') });
  expect(await load(addons)).toEqual({ native: native('cpu'), readers: 1, gpuProblem: 'No GPU was found.' });
});

test('says what to do if the only engine does not load', async () => {
  await expect(load(built({ 'heed-gpu': noLibrary }))).rejects.toMatchObject({
    code: 'native-failed',
    message:
      `The speech engine for the GPU does not load (${problem}), and there is none for the CPU: ` +
      'run `npm run setup` to build it.',
  });
});
