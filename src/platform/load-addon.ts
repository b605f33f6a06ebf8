import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HeedError } from '../errors.ts';
import { findPrebuilt, type Prebuilt } from './prebuilt.ts';

/** `heed` is speech to text, `heed-gpu` the same for a GPU, where it was built, `voice` voice activity. */
export type AddonName = 'heed' | 'heed-gpu' | 'voice';

let prebuilt: Prebuilt | undefined;

/** Whether there is such an addon for this machine. */
export function hasAddon(name: AddonName): boolean {
  return 'path' in locate(name);
}

/**
 * Loads an addon: the one that was built on this machine, else the prebuilt one. The type parameter is its interface.
 * @throws HeedError `native-failed` when there is none, or when it does not fit this machine
 */
export function loadAddon<Addon>(name: AddonName): Addon {
  const found = locate(name);
  if ('problem' in found)
    throw new HeedError(
      'native-failed',
      `There is no speech engine for this machine: ${found.problem}. Run \`npx heed build\` to compile one.`,
    );
  try {
    return createRequire(import.meta.url)(found.path) as Addon;
  } catch (error) {
    throw new HeedError(
      'native-failed',
      `The speech engine ${found.path} does not fit this machine. Run \`npx heed build\` to compile one that does.`,
      { cause: error },
    );
  }
}

function locate(name: AddonName): { path: string } | { problem: string } {
  const built = builtPath(name);
  if (existsSync(built)) return { path: built };
  if (name === 'heed-gpu') return { problem: 'an engine for a GPU is only used once it was built here' };
  prebuilt ??= findPrebuilt();
  return 'problem' in prebuilt ? prebuilt : { path: join(prebuilt.folder, `${name}.node`) };
}

/** Where `npm run setup` and `heed build` put an addon. */
function builtPath(name: AddonName): string {
  const path = name === 'heed-gpu' ? 'gpu/Release/heed' : `Release/${name}`;
  return fileURLToPath(new URL(`../../build/${path}.node`, import.meta.url));
}
