import { hasAddon, loadAddon } from '../platform/load-addon.ts';
import type { Config } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import type { NativeAddon, NativeEngine } from './binding.ts';

/** What is asked of an engine. */
export interface EngineNeeds extends Pick<Config['transcribe'], 'gpu' | 'integratedGpu'> {
  /** Readings side by side, by what reads them. */
  readers: { cpu: number; gpu: number };
}

/** An engine that is there, and what kept the GPU from being its. */
export interface LoadedEngine {
  native: NativeEngine;
  readers: number;
  gpuProblem?: string;
}

/** Where the addons come from. */
export interface Addons {
  has(name: 'heed' | 'heed-gpu'): boolean;
  load(name: 'heed' | 'heed-gpu'): NativeAddon;
}

const builtAddons: Addons = { has: hasAddon, load: (name) => loadAddon<NativeAddon>(name) };

/**
 * Loads a model with the addon for a GPU, where that is built and wanted. When it does not load, finds no GPU or fails
 * there, the addon for the CPU takes over, and `gpuProblem` says why.
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
        `The speech engine for the GPU does not load (${gpuProblem}), and none is built for the CPU: ` +
          'run `npm run setup`.',
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
  // The scheduler hands out no more readings than there are readers.
  const { integratedGpu } = needs;
  return { native: await addon.load(path, { readers, maxQueue: readers, gpu, integratedGpu }), readers };
}

/** What the loader or the addon said, without heed's own advice around it. */
function firstLine(error: unknown): string {
  const said = error instanceof HeedError && error.cause !== undefined ? error.cause : error;
  return (said instanceof Error ? said.message : String(said)).split('\n')[0]!.trim();
}
