// Does everything that is needed between a bare clone and a running heed. It may use only Node itself at first, because
// no dependency is installed yet when it starts.
import { cpSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildOptions, compileAddons, ownTools } from './build-addon.js';
import { Progress } from './progress.js';
import { runLogged, runNpm } from './run.js';
import { SetupError } from './setup-error.js';
import { Stamps } from './stamps.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);
const progress = new Progress();

/** The parts of the set-up after the dependencies, in order. The model comes late, as compiled code fetches it. */
const makers = { compile, journal: buildSqlite, page: buildPage, addon: buildAddons, model: fetchModel };
/** What only some tests and benchmarks need. */
const extras = { llama: installLlama };

/** Installs the dependencies and makes these parts, or all parts if none are given. Skips whatever is up to date. */
export async function setup(parts = Object.keys(makers)) {
  process.chdir(root);
  checkNode();
  const stamps = openStamps();
  await installDependencies(stamps);
  for (const part of parts) await (makers[part] ?? extras[part])(stamps);
}

export function openStamps() {
  return new Stamps(at('.heed'));
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new SetupError(
    `heed needs Node 20.19 or newer; this is ${process.versions.node}. Install it with your package manager or nvm.`,
  );
}

async function installDependencies(stamps) {
  const lock = at('package-lock.json');
  await stamps.step(
    'dependencies',
    { inputs: [lock], settings: [process.platform, process.arch], outputs: [at('node_modules', '.package-lock.json')] },
    async () => {
      progress.start('Installing dependencies');
      await runNpm(['ci', '--no-progress'], { log: at('.heed', 'install.log'), cwd: root });
      progress.done();
    },
  );
}

async function compile(stamps) {
  const step = {
    inputs: [at('src'), at('tsconfig.json'), at('tsconfig.build.json'), at('package-lock.json')],
    outputs: [at('dist', 'main.js')],
  };
  await stamps.step('compile', step, async () => {
    progress.start('Compiling TypeScript');
    await runLogged(process.execPath, [at('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json'], {
      log: at('.heed', 'compile.log'),
      cwd: root,
    });
    const { writeEventSchema } = await import('./schema.js');
    await writeEventSchema(at('dist', 'events.schema.json'));
    progress.done();
  });
}

/** No install script runs here, so the one of better-sqlite3 is run by name. It takes a prebuilt addon if it can. */
async function buildSqlite(stamps) {
  const folder = at('node_modules', 'better-sqlite3');
  const step = {
    inputs: [join(folder, 'package.json')],
    settings: [process.platform, process.arch, process.versions.modules],
    outputs: [join(folder, 'build', 'Release', 'better_sqlite3.node')],
  };
  await stamps.step('sqlite', step, async () => {
    progress.start('Building SQLite');
    await runNpm(['rebuild', 'better-sqlite3', '--ignore-scripts=false'], {
      log: at('.heed', 'sqlite.log'),
      cwd: root,
    });
    progress.done();
  });
}

async function buildPage(stamps) {
  const shared = [at('src', 'audio', 'resampler.ts'), at('src', 'audio', 'filter-bank.ts'), at('src', 'types.ts')];
  const inputs = [
    ...[at('web'), at('client'), ...shared],
    ...[
      at('scripts', 'build-web.js'),
      at('scripts', 'build-client.js'),
      at('tsconfig.json'),
      at('tsconfig.client.json'),
    ],
    at('package-lock.json'),
  ];
  const outputs = [
    at('dist', 'web', 'index.html'),
    at('dist', 'client', 'index.js'),
    at('dist', 'client', 'index.d.ts'),
  ];
  const step = { inputs, outputs };
  await stamps.step('page', step, async () => {
    progress.start('Building the client and the page');
    const { buildWeb } = await import('./build-web.js');
    await buildWeb();
    progress.done();
  });
}

async function buildAddons(stamps) {
  const backend = process.env.HEED_BACKEND || undefined;
  if (backend !== undefined && !['cpu', 'cuda', 'metal', 'vulkan'].includes(backend)) {
    throw new SetupError(`HEED_BACKEND must be cpu, cuda, metal or vulkan; it is "${backend}".`);
  }
  await buildAddon(stamps, { name: 'addon', backend: 'cpu', out: at('build'), addons: ['heed', 'voice'] });
  // An engine for a GPU is built beside the one for the CPU, which takes over if there is no GPU. It stays until the
  // set-up is run with HEED_BACKEND=cpu.
  const out = at('build', 'gpu');
  if (backend === 'cpu') rmSync(join(out, 'Release', 'heed.node'), { force: true });
  else if (backend) await buildAddon(stamps, { name: 'gpu addon', backend, out, addons: ['heed'] });
}

/** Builds addons for a backend into `out`/Release. */
export async function buildAddon(stamps, { name, backend, out, addons }) {
  const tools = ownTools();
  const options = buildOptions({ tools, backend, instructions: process.env.HEED_INSTRUCTIONS });
  const step = {
    inputs: [at('native'), at('CMakeLists.txt'), at('node_modules', 'nodejs-whisper', 'package.json')],
    settings: [options, process.platform, process.arch],
    outputs: addons.map((addon) => join(out, 'Release', `${addon}.node`)),
  };
  const log = at('.heed', `${name.replace(' ', '-')}.log`);
  await stamps.step(name, step, async () => {
    await compileAddons({ tools, options, out, addons, log, label: backend, progress });
  });
}

async function fetchModel() {
  await ensureWithProgress(undefined, 'ensureModel');
}

/** Fetches a model, by default the speech model of the options, and shows how far it is. */
async function ensureWithProgress(wanted, ensure) {
  const { loadConfig } = await import(pathToFileURL(at('dist', 'config', 'index.js')).href);
  const models = await import(pathToFileURL(at('dist', 'models', 'index.js')).href);
  const config = loadConfig();
  const name = wanted ?? config.transcribe.model;
  let label = '';
  await models[ensure](name, config.models, {
    onProgress: ({ phase, doneBytes, totalBytes }) => {
      if (phase !== label) {
        if (label) progress.done();
        label = phase;
        progress.start(`Model ${name}: ${phase}`);
      }
      if (totalBytes)
        progress.update(
          doneBytes / totalBytes,
          `${(doneBytes / 1e6).toFixed(0)} of ${(totalBytes / 1e6).toFixed(0)} MB`,
        );
    },
  });
  if (label) progress.done();
}

/**
 * Installs node-llama-cpp and a sentence model for it. It gets a folder of its own: among the dependencies of the
 * clone, npm would add its packages for GPUs, of several hundred megabytes. Its install script, which may download and
 * compile, is not run: the package for the platform is enough.
 */
async function installLlama(stamps) {
  const folder = at('.heed', 'llama');
  const [from, platform] = [at('scripts', 'llama'), `${process.platform}-${process.arch}`];
  const step = {
    inputs: [from],
    settings: [platform],
    outputs: [join(folder, 'node_modules', 'node-llama-cpp', 'package.json')],
  };
  await stamps.step('llama', step, async () => {
    progress.start('Installing node-llama-cpp');
    cpSync(from, folder, { recursive: true });
    const { llamaPackages } = await import(pathToFileURL(at('dist', 'suggest', 'llama-library.js')).href);
    const flags = ['--no-save', '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--no-progress'];
    await runNpm(['install', ...flags, ...llamaPackages()], { log: at('.heed', 'llama.log'), cwd: folder });
    progress.done();
  });
  await ensureWithProgress('all-minilm-l6-v2', 'ensureSentenceModel');
}

/** Runs a main function. An expected failure is printed as one line, any other error with its stack. */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    progress.fail();
    const isExpected = error instanceof SetupError || error?.code === 'fetch-failed' || error?.code === 'bad-config';
    console.error(isExpected ? `✗ ${error.message}` : error);
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runMain(async () => {
    await setup();
    return 0;
  });
}
