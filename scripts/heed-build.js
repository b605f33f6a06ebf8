// heed build: compiles the speech engine for this machine, in a clone or in an installed package.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildOptions, buildTools, compileAddons } from './build-addon.js';
import { Progress } from './progress.js';
import { runNpm } from './run.js';
import { SetupError } from './setup-error.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Builds the engine for a backend into the package's own folder `build`. What the build needs besides a compiler and
 * CMake is taken from the project that asks for it, else fetched once into the cache.
 * @param {{ backend: 'cpu' | 'cuda' | 'metal' | 'vulkan' }} options
 */
export async function buildEngine({ backend }) {
  const progress = new Progress();
  try {
    const tools = findTools(process.cwd()) ?? (await fetchTools(progress));
    const out = backend === 'cpu' ? join(root, 'build') : join(root, 'build', 'gpu');
    mkdirSync(out, { recursive: true });
    return await compileAddons({
      tools,
      options: buildOptions({ tools, backend }),
      out,
      addons: backend === 'cpu' ? ['heed', 'voice'] : ['heed'],
      log: join(root, 'build', 'build.log'),
      label: backend,
      progress,
    });
  } catch (error) {
    progress.fail();
    if (error.code === 'EACCES' || error.code === 'EROFS')
      throw new SetupError(`The engine is built into ${join(root, 'build')}, and that folder cannot be written.`);
    throw error;
  }
}

/** Returns where the tools are, as a package that lies in `folder` sees them; undefined when one of them is missing. */
function findTools(folder) {
  const found = {};
  for (const [name, inside] of Object.entries(buildTools)) {
    const path = [join(folder, 'x.js'), import.meta.url].map((from) => packageFolder(name, from)).find(Boolean);
    if (path === undefined || !existsSync(join(path, inside))) return undefined;
    found[name] = join(path, inside);
  }
  return found;
}

/** Looks through the folders node_modules, because not every package lets its package.json be resolved. */
function packageFolder(name, from) {
  const folders = createRequire(from).resolve.paths(name) ?? [];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(join(path, 'package.json')));
}

async function fetchTools(progress) {
  const { version, buildTools: versions } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'heed', `build-tools-${version}`);
  const cached = findTools(folder);
  if (cached) return cached;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  progress.start('Fetching what the build needs: cmake-js, and the source of whisper.cpp');
  const wanted = Object.keys(buildTools).map((name) => `${name}@${versions[name]}`);
  await runNpm(['install', '--save-exact', '--ignore-scripts', '--no-audit', '--no-fund', ...wanted], {
    log: join(folder, 'install.log'),
    cwd: folder,
  });
  progress.done();
  return findTools(folder);
}
