import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { HeedError } from './errors.ts';

/**
 * Loads the addon that the set-up built; the caller names the part of it that it uses.
 * @throws HeedError `native-failed` when it is not there or does not fit this machine
 */
export function loadAddon<Addon>(): Addon {
  const path = fileURLToPath(new URL('../build/Release/heed.node', import.meta.url));
  try {
    return createRequire(import.meta.url)(path) as Addon;
  } catch (error) {
    throw new HeedError('native-failed', 'The speech engine is not built or does not fit this machine: run `npm run setup`.', { cause: error });
  }
}
