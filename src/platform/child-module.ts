import { fileURLToPath } from 'node:url';

/** The path of a worker's module and the Node options that it needs. */
export interface ChildModule {
  path: string;
  execArgv: string[];
}

/**
 * Finds a module that runs in a worker thread or child process: the built JavaScript or, in tests, the TypeScript
 * source, which needs tsx.
 * @param name the module's path relative to the caller, without extension, such as `./worker`
 * @param from the caller's `import.meta.url`
 */
export function childModule(name: string, from: string): ChildModule {
  const isSource = from.endsWith('.ts');
  const path = fileURLToPath(new URL(`${name}${isSource ? '.ts' : '.js'}`, from));
  return { path, execArgv: isSource ? ['--import', registerTsx()] : [] };
}

/** tsx is registered by a call, because the plain `--import tsx` has no effect in a worker thread. */
function registerTsx(): string {
  return `data:text/javascript,import{register}from${JSON.stringify(import.meta.resolve('tsx/esm/api'))};register()`;
}
