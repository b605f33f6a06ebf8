import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  build,
  transform,
  type BuildFailure,
  type BuildOptions,
  type Message,
  type OutputFile,
  type Plugin,
} from 'esbuild';
import { displayPath } from './display-path.ts';
import type { Problem } from '../grammar/index.ts';
import { isAlive } from '../platform/is-alive.ts';
import { readText } from '../platform/text-file.ts';
import { writeWholeSync } from '../platform/write-whole.ts';
import type { AuthorModule } from './importer.ts';
import { keepSourceMap } from './source-map.ts';

/** Command files that are compiled and ready to be imported. */
export interface Bundle {
  /**
   * The address of each compiled module, by the path of its source. The same content keeps its address, so Node imports
   * the same module again.
   */
  urls: Map<string, string>;
  /** What is wrong with a source, by its path. */
  problems: Map<string, Problem[]>;
}

/**
 * Compiles the command files of a folder, TypeScript or JavaScript, all at once, so that modules they share are loaded
 * once. A file that does not compile is left out and reported.
 */
export async function bundleCommands(
  dir: string,
  { paths, authorModule }: { paths: readonly string[]; authorModule: AuthorModule },
): Promise<Bundle> {
  const options = buildOptions(authorModule);
  const problems = new Map<string, Problem[]>();
  let sound = paths;
  while (sound.length > 0) {
    const built = await tryBuild(dir, sound, options);
    if ('urls' in built) return { urls: built.urls, problems };
    const found = await blame(dir, sound, { failure: built.failure, options });
    for (const [path, messages] of found)
      problems.set(
        path,
        messages.map((message) => problemOf(message, { dir, path })),
      );
    sound = sound.filter((path) => !found.has(path));
    if (found.size === 0) throw built.failure;
  }
  return { urls: new Map(), problems };
}

/**
 * Finds the files that made a build fail: those that contain an error, or, when the error is in a module they share,
 * those that also fail when built alone.
 */
async function blame(
  dir: string,
  paths: readonly string[],
  { failure: { errors }, options }: { failure: BuildFailure; options: BuildOptions },
): Promise<Map<string, Message[]>> {
  const found = new Map<string, Message[]>();
  const isOwn = new Set(paths);
  for (const error of errors) {
    const path = error.location ? resolve(dir, error.location.file) : '';
    if (isOwn.has(path)) found.set(path, [...(found.get(path) ?? []), error]);
  }
  if (found.size > 0) return found;
  for (const path of paths) {
    const alone = await tryBuild(dir, [path], options);
    if ('failure' in alone) found.set(path, alone.failure.errors);
  }
  return found;
}

async function tryBuild(
  dir: string,
  paths: readonly string[],
  options: BuildOptions,
): Promise<{ urls: Map<string, string> } | { failure: BuildFailure }> {
  const outdir = join(cacheFolder(), createHash('sha256').update(dir).digest('hex').slice(0, 16));
  try {
    const { outputFiles, metafile } = await build({
      ...options,
      metafile: true,
      write: false,
      entryPoints: [...paths],
      absWorkingDir: dir,
      outbase: dir,
      outdir,
    });
    outputFiles.forEach(keepOutput);
    const entries = Object.entries(metafile.outputs).filter(([, output]) => output.entryPoint !== undefined);
    return {
      urls: new Map(
        entries.map(([file, { entryPoint }]) => [resolve(dir, entryPoint!), pathToFileURL(resolve(dir, file)).href]),
      ),
    };
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    return { failure: error };
  }
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && Array.isArray((error as Partial<BuildFailure>).errors);
}

/** Files are named after their content and written as a whole, so one that exists already is right. */
function keepOutput({ path, text }: OutputFile): void {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeWholeSync(path, text);
  if (path.endsWith('.map')) keepSourceMap(path.slice(0, -'.map'.length), text);
}

function problemOf({ text, location, notes }: Message, { dir, path }: { dir: string; path: string }): Problem {
  const detail = notes[0] ? ` ${notes[0].text}` : '';
  return {
    severity: 'error',
    file: displayPath(location ? resolve(dir, location.file) : path),
    ...(location ? { line: location.line } : {}),
    message: `This does not compile: ${text}.${detail}`,
  };
}

const linkImports = (authorModule: AuthorModule): Plugin => ({
  name: 'heed-imports',
  setup(builder) {
    // Points to the running heed itself, so that its classes are the same everywhere and a project needs no copy of its
    // own.
    builder.onResolve({ filter: /^heed$/ }, async ({ kind, importer }) => {
      const module = authorModule(await readText(importer));
      if ('url' in module && kind !== 'require-call') return { path: module.url, external: true };
      // `require('heed')` gets the module's exports, without the wait that an import of an external module needs there.
      const contents = 'contents' in module ? module.contents : `export * from ${JSON.stringify(module.url)};`;
      return { path: contents, namespace: author };
    });
    builder.onLoad({ filter: /.*/, namespace: author }, ({ path }) => ({ contents: path, loader: 'js' }));
    builder.onResolve({ filter: /.*/, namespace: author }, ({ path }) => ({ path, external: true }));
    // Packages are not compiled in. The compiled file is in another folder, so it needs their full addresses.
    builder.onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, kind, importer, resolveDir, namespace }) => {
      if (pluginData === asked || kind === 'entry-point' || namespace === author || path.startsWith('node:'))
        return undefined;
      const found = await builder.resolve(path, { kind, importer, resolveDir, pluginData: asked });
      if (found.errors.length > 0 || found.external || !found.path.includes(`${sep}node_modules${sep}`))
        return undefined;
      return { path: kind === 'require-call' ? found.path : pathToFileURL(found.path).href, external: true };
    });
    // `import.meta` and `__dirname` must refer to the source, not to the compiled file.
    builder.onLoad({ filter: /\.[cm]?[jt]s$/ }, async ({ path }) => {
      // Reading a pipe or a device may never end.
      if (!(await stat(path)).isFile()) return { errors: [{ text: `${path} is no regular file` }] };
      const source = await readText(path);
      if (!/import\.meta|__dirname|__filename/.test(source)) return undefined;
      const isTypeScript = /\.[cm]?ts$/.test(path);
      const define = {
        'import.meta.url': pathToFileURL(path).href,
        'import.meta.filename': path,
        'import.meta.dirname': dirname(path),
        __filename: path,
        __dirname: dirname(path),
      };
      const { code } = await transform(source, {
        loader: isTypeScript ? 'ts' : 'js',
        sourcemap: 'inline',
        sourcefile: path,
        define: Object.fromEntries(Object.entries(define).map(([name, value]) => [name, JSON.stringify(value)])),
      });
      return { contents: code, loader: 'js' };
    });
  },
});

const asked = Symbol('asked');
/** The namespace of heed as authors import it; a path in it is the text of the module. */
const author = 'heed-author';
const buildOptions = (authorModule: AuthorModule): BuildOptions => ({
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // The conditions of Node alone, without "module", which bundlers add.
  conditions: [],
  entryNames: '[dir]/[name]-[hash]',
  chunkNames: 'shared-[hash]',
  outExtension: { '.js': '.mjs' },
  // The compiled file is an ES module, where CommonJS sources would find no `require` for packages and Node's modules.
  banner: {
    js:
      "import { createRequire as heedCreateRequire } from 'node:module';" +
      'const require = heedCreateRequire(import.meta.url);',
  },
  sourcemap: 'linked',
  sourcesContent: false,
  logLevel: 'silent',
  plugins: [linkImports(authorModule)],
});

/** Containers may share a temporary folder, but no process numbers. */
const folderPrefix = `heed-commands-${hostname()}-`;

let folder: string | undefined;

/** Returns this process's folder for compiled files, which is removed when the process exits. */
function cacheFolder(): string {
  if (folder === undefined) {
    sweep();
    const made = mkdtempSync(join(tmpdir(), `${folderPrefix}${process.pid}-`));
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
    folder = made;
  }
  return folder;
}

/** Removes the folders of processes that were killed, which could not do so themselves. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(folderPrefix) ? Number.parseInt(name.slice(folderPrefix.length), 10) : NaN;
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // It belongs to somebody else on this machine.
    }
  }
}
