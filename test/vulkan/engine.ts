import { createRequire } from 'node:module';
import { loadAddon } from '../../src/platform/load-addon.ts';
import { defaultConfig } from '../../src/config/index.ts';
import { ensureModel } from '../../src/models/index.ts';
import type { NativeAddon } from '../../src/transcribe/binding.ts';
import { loadNativeEngine, type LoadedEngine } from '../../src/transcribe/native-engine.ts';

/** Loads a model as heed does, the addon for Vulkan in the place of one for a GPU. */
export async function loadEngine(model: string, { gpu = true, integratedGpu = false } = {}): Promise<LoadedEngine> {
  const path = await ensureModel(model, defaultConfig.models);
  return await loadNativeEngine(
    path,
    { gpu, integratedGpu, readers: { cpu: 1, gpu: 2 } },
    {
      has: () => true,
      load: (name) =>
        name === 'heed'
          ? loadAddon<NativeAddon>('heed')
          : (createRequire(import.meta.url)(process.env['HEED_VULKAN_ADDON']!) as NativeAddon),
    },
  );
}
