import { HeedError } from '../errors.ts';
import { heedUrl } from './heed-url.ts';

/**
 * Imports a compiled command file and answers its default export.
 * @throws HeedError `bad-command` when it has none, `timeout` when it does not finish loading; else what the file
 * throws
 */
export async function importDefault(url: string, timeoutMs: number): Promise<unknown> {
  // It is loaded already wherever heed is built; from TypeScript sources that takes a while, which is not the file's
  // fault.
  await import(heedUrl);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new HeedError('timeout', `Loading takes longer than ${timeoutMs} ms; a file must not wait at its top level.`),
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
    return module['default'];
  } finally {
    clearTimeout(timer);
  }
}
