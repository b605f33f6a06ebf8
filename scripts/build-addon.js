// Compiles the addons with cmake-js, for the set-up of a clone, the prebuilt packages, and `heed build` in an installed
// package.
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answers, runLogged } from './run.js';
import { SetupError } from './setup-error.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The npm packages that a build needs, and for each a folder or file in it that the build uses. */
export const buildTools = {
  'cmake-js': 'bin/cmake-js',
  'nodejs-whisper': 'cpp/whisper.cpp',
  'node-addon-api': '',
};

/** Returns where the tools of a clone are, by the names of their packages. */
export function ownTools() {
  const paths = Object.entries(buildTools).map(([name, inside]) => [name, join(root, 'node_modules', name, inside)]);
  return Object.fromEntries(paths);
}

/** Returns the values of CMake's options. `instructions` are compiler flags; by default those of this processor. */
export function buildOptions({ tools, backend = 'cpu', instructions, more = {} }) {
  const values = {
    HEED_BACKEND: backend,
    HEED_WHISPER_DIR: process.env.HEED_WHISPER_DIR ?? tools['nodejs-whisper'],
    HEED_NODE_ADDON_API: tools['node-addon-api'],
    HEED_INSTRUCTIONS: instructions,
    CMAKE_CUDA_ARCHITECTURES: backend === 'cuda' ? process.env.HEED_CUDA_ARCHITECTURES : undefined,
    ...more,
  };
  return Object.entries(values).flatMap(([name, value]) => (value ? [`--CD${name}=${value}`] : []));
}

/**
 * Builds addons into `out`/Release. Rejects with a SetupError when a tool is missing, and with the end of the log when
 * the compiler fails.
 * @param {{ tools: Record<string, string>, options: string[], out: string, addons: string[], log: string,
 *   label: string, progress: import('./progress.js').Progress }} build
 */
export async function compileAddons({ tools, options, out, addons, log, label, progress }) {
  await checkCompiler();
  mkdirSync(dirname(log), { recursive: true });
  progress.start(`Building the speech engine (${label})`);
  const cmake = [tools['cmake-js'], 'compile', '--directory', root, '--out', out, ...options];
  await runLogged(process.execPath, addons.length === 1 ? [...cmake, '--target', addons[0]] : cmake, {
    log,
    cwd: root,
    env: { ...process.env, CMAKE_BUILD_PARALLEL_LEVEL: String(availableParallelism()) },
    onLine: (line) => {
      // The progress as Make prints it, and as Ninja does.
      const [, percent, done, all] = /^\[\s*(?:(\d+)%|(\d+)\/(\d+))\]/.exec(line) ?? [];
      if (percent ?? done) progress.update(percent ? Number(percent) / 100 : Number(done) / Number(all));
    },
  });
  progress.done();
  return addons.map((addon) => join(out, 'Release', `${addon}.node`));
}

async function checkCompiler() {
  const cmake = await answers('cmake');
  if (cmake === undefined)
    throw new SetupError(
      'CMake is missing. Install it: `apt install cmake`, `brew install cmake`, or cmake.org/download.',
    );
  const [major, minor] = (/(\d+)\.(\d+)/.exec(cmake) ?? []).slice(1).map(Number);
  if (major < 3 || (major === 3 && minor < 22))
    throw new SetupError(`heed needs CMake 3.22 or newer; this is ${major}.${minor}.`);
  if (process.platform === 'win32') return; // cmake-js finds Visual Studio itself and says so when it is not there
  const compilers = [process.env.CXX, 'c++', 'g++', 'clang++'].filter(Boolean);
  for (const compiler of compilers) if ((await answers(compiler)) !== undefined) return;
  throw new SetupError(
    'A C++17 compiler is missing. Install one: `apt install g++`, or on macOS `xcode-select --install`.',
  );
}
