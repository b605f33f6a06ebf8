import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { HeedError } from '../errors.ts';

/** `heed` is speech to text, `heed-gpu` the same for a GPU, where it was built, `voice` voice activity. */
export type AddonName = 'heed' | 'heed-gpu' | 'voice';

/** Whether the set-up built this addon. */
export function hasAddon(name: AddonName): boolean {
  return existsSync(pathOf(name));
}

/**
 * Loads one of the addons that the set-up built. The type parameter is the addon's interface.
 * @throws HeedError `native-failed` when the addon is not built or does not fit this machine
 */
export function loadAddon<Addon>(name: AddonName): Addon {
  try {
    return createRequire(import.meta.url)(pathOf(name)) as Addon;
  } catch (error) {
    throw new HeedError(
      'native-failed',
      'The speech engine is not built or does not fit this machine. Run `npm run setup`.',
      { cause: error },
    );
  }
}

function pathOf(name: AddonName): string {
  const path = name === 'heed-gpu' ? 'gpu/Release/heed' : `Release/${name}`;
  return fileURLToPath(new URL(`../../build/${path}.node`, import.meta.url));
}
