import { expect, test } from 'vitest';
import type { NativeAddon, NativeEngine } from '../../src/transcribe/binding.ts';
import { loadNativeEngine, type Addons, type LoadedEngine } from '../../src/transcribe/native-engine.ts';
import { HeedError } from '../../src/errors.ts';

const native = (backend: string): NativeEngine => ({ backend }) as NativeEngine;

/** An addon that reads with a backend; one for a GPU fails there with `problem`. */
function addon(backend: string, problem?: string): NativeAddon {
  return {
    load: async (_, { gpu }) => {
      if (gpu && problem !== undefined) throw new Error(problem);
      return native(gpu ? backend : 'cpu');
    },
  };
}

/** Addons by name; an error is one that does not load. */
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

test('a GPU reads where an engine was built for it, with its number of readers', async () => {
  const addons = built({ heed: addon('cpu'), 'heed-gpu': addon('cuda') });
  expect(await load(addons)).toEqual({ native: native('cuda'), readers: 4 });
  expect(await load(addons, { gpu: false })).toEqual({ native: native('cpu'), readers: 1 });
});

test('without an engine for a GPU the CPU reads, and that is no problem', async () => {
  expect(await load(built({ heed: addon('cpu') }))).toEqual({ native: native('cpu'), readers: 1 });
});

test('the CPU takes over where the driver is missing, and says what is', async () => {
  const addons = built({ heed: addon('cpu'), 'heed-gpu': noLibrary });
  expect(await load(addons)).toEqual({ native: native('cpu'), readers: 1, gpuProblem: problem });
});

test('the CPU takes over where the GPU fails', async () => {
  const addons = built({ heed: addon('cpu'), 'heed-gpu': addon('vulkan', 'No GPU was found.') });
  expect(await load(addons)).toEqual({ native: native('cpu'), readers: 1, gpuProblem: 'No GPU was found.' });
});

test('an engine for a GPU reads on the CPU itself where there is no other', async () => {
  const addons = built({ 'heed-gpu': addon('vulkan', 'No GPU was found.') });
  expect(await load(addons)).toEqual({ native: native('cpu'), readers: 1, gpuProblem: 'No GPU was found.' });
});

test('says what to do where the only engine does not load', async () => {
  await expect(load(built({ 'heed-gpu': noLibrary }))).rejects.toMatchObject({
    code: 'native-failed',
    message:
      `The speech engine for the GPU does not load (${problem}), and none is built for the CPU: ` +
      'run `npm run setup`.',
  });
});
