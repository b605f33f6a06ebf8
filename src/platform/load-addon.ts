import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { HeedError } from '../errors.ts';

/**
 * Loads one of the addons that the set-up built: `heed` turns speech into text, `voice` is the voice activity model.
 * The type parameter is the addon's interface.
 * @throws HeedError `native-failed` when the addon is not built or does not fit this machine
 */
export function loadAddon<Addon>(name: 'heed' | 'voice'): Addon {
  const path = fileURLToPath(new URL(`../../build/Release/${name}.node`, import.meta.url));
  try {
    return createRequire(import.meta.url)(path) as Addon;
  } catch (error) {
    throw new HeedError(
      'native-failed',
      'The speech engine is not built or does not fit this machine. Run `npm run setup`.',
      { cause: error },
    );
  }
}
