import { HeedError } from '../errors.ts';
import { heedUrl } from './heed-url.ts';

/**
 * Imports a compiled command file and returns its default export.
 * @throws HeedError `bad-command` when it has none; `timeout` when it does not finish loading; otherwise whatever the
 * file throws
 */
export async function importDefault(url: string, timeoutMs: number): Promise<unknown> {
  // A built heed is already loaded at this point. Loading it from TypeScript sources takes a while, which must not
  // count against the file's time.
  await import(heedUrl);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new HeedError('timeout', `Loading took longer than ${timeoutMs} ms; a file must not wait at its top level.`),
        ),
      timeoutMs,
    );
  });
  try {
    const module = (await Promise.race([import(url), late])) as Record<string, unknown>;
    if (!('default' in module)) {
      const names = Object.keys(module);
      throw new HeedError(
        'bad-command',
        'A default export was expected: `export default defineCommand({ … })`; ' +
          `there is ${names.length === 0 ? 'no export' : `only ${names.join(', ')}`}.`,
      );
    }
    return unwrapped(module['default']);
  } finally {
    clearTimeout(timer);
  }
}

/** A CommonJS module that was compiled from an ES module has its default export inside its exports. */
function unwrapped(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('__esModule' in value) || !('default' in value)) return value;
  return value.default;
}
