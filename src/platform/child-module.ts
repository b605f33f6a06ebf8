import { fileURLToPath } from 'node:url';

/** Where a worker's module lies and the Node options it needs. */
export interface ChildModule {
  path: string;
  execArgv: string[];
}

/**
 * Finds a module to be run in a worker thread or child process, from the built JavaScript or, in tests, from the
 * TypeScript sources (then through tsx).
 * @param name relative to the caller and without extension, such as `./worker`
 * @param from the caller's `import.meta.url`
 */
export function childModule(name: string, from: string): ChildModule {
  const isSource = from.endsWith('.ts');
  const path = fileURLToPath(new URL(`${name}${isSource ? '.ts' : '.js'}`, from));
  return { path, execArgv: isSource ? ['--import', registerTsx()] : [] };
}

/** Registers by call: the plain `--import tsx` does nothing in a worker thread. */
function registerTsx(): string {
  return `data:text/javascript,import{register}from${JSON.stringify(import.meta.resolve('tsx/esm/api'))};register()`;
}
