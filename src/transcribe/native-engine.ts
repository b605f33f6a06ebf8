import { hasAddon, loadAddon } from '../platform/load-addon.ts';
import type { Config } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import type { NativeAddon, NativeEngine } from './binding.ts';

/** What an engine is needed for. */
export interface EngineNeeds extends Pick<Config['transcribe'], 'gpu' | 'integratedGpu'> {
  /** How many readings are to run side by side on a CPU, and how many on a GPU. */
  readers: { cpu: number; gpu: number };
}

/** A loaded engine, and the reason why it does not use the GPU, if one was wanted. */
export interface LoadedEngine {
  native: NativeEngine;
  readers: number;
  gpuProblem?: string;
}

/** Finds and loads the addons. */
export interface Addons {
  has(name: 'heed' | 'heed-gpu'): boolean;
  load(name: 'heed' | 'heed-gpu'): NativeAddon;
}

const builtAddons: Addons = { has: hasAddon, load: (name) => loadAddon<NativeAddon>(name) };

/**
 * Loads a model with the addon for a GPU, if it has been built and is wanted. If that addon does not load, finds no GPU
 * or fails on it, loads the model on the CPU instead, and says why in `gpuProblem`.
 */
export async function loadNativeEngine(
  path: string,
  needs: EngineNeeds,
  addons: Addons = builtAddons,
): Promise<LoadedEngine> {
  if (!needs.gpu || !addons.has('heed-gpu')) return loadOnCpu('heed', path, needs, addons);
  let gpuAddon: NativeAddon | undefined;
  try {
    gpuAddon = addons.load('heed-gpu');
    return await loadWith(gpuAddon, path, needs, true);
  } catch (error) {
    const gpuProblem = firstLine(error);
    if (!gpuAddon && !addons.has('heed')) {
      throw new HeedError(
        'native-failed',
        `The speech engine for the GPU does not load (${gpuProblem}), and there is none for the CPU: ` +
          'run `npm run setup` to build it.',
        { cause: error },
      );
    }
    return { ...(await loadOnCpu(addons.has('heed') ? 'heed' : 'heed-gpu', path, needs, addons)), gpuProblem };
  }
}

function loadOnCpu(name: 'heed' | 'heed-gpu', path: string, needs: EngineNeeds, addons: Addons): Promise<LoadedEngine> {
  return loadWith(addons.load(name), path, needs, false);
}

async function loadWith(addon: NativeAddon, path: string, needs: EngineNeeds, gpu: boolean): Promise<LoadedEngine> {
  const readers = gpu ? needs.readers.gpu : needs.readers.cpu;
  const { integratedGpu } = needs;
  // A queue this short suffices, as the scheduler hands out no more readings than there are readers.
  return { native: await addon.load(path, { readers, maxQueue: readers, gpu, integratedGpu }), readers };
}

/** The message of the loader or the addon itself, without the advice that heed has added. */
function firstLine(error: unknown): string {
  const said = error instanceof HeedError && error.cause !== undefined ? error.cause : error;
  return (said instanceof Error ? said.message : String(said)).split('\n')[0]!.trim();
}
