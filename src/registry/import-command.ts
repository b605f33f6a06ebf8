import { HeedError } from '../errors.ts';

/**
 * Imports a compiled command file and returns its default export.
 * @throws HeedError `bad-command` when it has none; `timeout` when it does not finish loading; otherwise whatever the
 * file throws
 */
export async function importDefault(url: string, timeoutMs: number): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new HeedError('timeout', loadingTooLong(timeoutMs))), timeoutMs);
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

/** Says that a file took too long. */
export function loadingTooLong(timeoutMs: number): string {
  return `Loading took longer than ${timeoutMs} ms; a file must not wait at its top level.`;
}

/** A CommonJS module that was compiled from an ES module has its default export inside its exports. */
function unwrapped(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('__esModule' in value) || !('default' in value)) return value;
  return value.default;
}
