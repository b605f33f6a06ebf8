// node scripts/prebuild.js [PLATFORM]: compiles the prebuilt addons of one platform package, by default of this
// platform, into build/prebuilt/PLATFORM. `native/prebuilt.json` says which sets of instructions there are.
//
// Those for Linux are linked against the libraries of Debian 11 (scripts/sysroot.js), so that they run with its glibc,
// 2.31, and newer ones. On x64 they need GCC 12 or newer; linux-arm64 is compiled there too, by the cross compiler.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildOptions, buildTools, compileAddons } from './build-addon.js';
import { Progress } from './progress.js';
import { answers, runLogged } from './run.js';
import { runMain } from './setup.js';
import { SetupError } from './setup-error.js';
import { architectures, makeSysroot, sysrootOptions } from './sysroot.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);
const here = `${process.platform}-${process.arch}`;

/** What compiles for a platform that is not this one, and removes the names of internal symbols. */
const crossCompilers = {
  'linux-arm64': {
    strip: 'aarch64-linux-gnu-strip',
    cmake: {
      CMAKE_SYSTEM_NAME: 'Linux',
      CMAKE_SYSTEM_PROCESSOR: 'aarch64',
      CMAKE_C_COMPILER: 'aarch64-linux-gnu-gcc',
      CMAKE_CXX_COMPILER: 'aarch64-linux-gnu-g++',
    },
  },
};

/** Returns what `native/prebuilt.json` says about a platform. */
export function prebuiltOf(platform) {
  const all = JSON.parse(readFileSync(at('native', 'prebuilt.json'), 'utf8'));
  if (all[platform]) return all[platform];
  throw new SetupError(`There are no prebuilt addons for ${platform}; there are for ${Object.keys(all).join(', ')}.`);
}

async function prebuild(platform) {
  const { variants } = prebuiltOf(platform);
  const cross = platform === here ? undefined : crossCompilers[platform];
  if (platform !== here && !cross)
    throw new SetupError(`The addons for ${platform} are compiled on that platform; this is ${here}.`);
  const tool = (name) => at('node_modules', name, buildTools[name]);
  const folder = at('build', 'prebuilt', platform);
  const libraries = platform.startsWith('linux-') ? await debianLibraries(platform, cross?.cmake.CMAKE_C_COMPILER) : {};
  rmSync(folder, { recursive: true, force: true });
  for (const { name, flags } of variants) {
    const addons = await compileAddons({
      cmakeJs: tool('cmake-js'),
      options: buildOptions({
        whisperDir: tool('nodejs-whisper'),
        nodeAddonApi: tool('node-addon-api'),
        instructions: flags,
        more: { ...cross?.cmake, ...libraries },
      }),
      out: at('build', 'prebuilding', platform, name),
      addons: ['heed', 'voice'],
      log: at('build', 'prebuilding', `${platform}-${name}.log`),
      label: `${platform}, ${name}`,
      progress: new Progress(),
    });
    mkdirSync(join(folder, name), { recursive: true });
    for (const addon of addons) await install(addon, join(folder, name), cross?.strip ?? 'strip');
  }
  console.log(`✓ ${folder}`);
}

/** Returns the CMake options for Linux; fetches its libraries the first time. */
async function debianLibraries(platform, compiler) {
  const architecture = platform.slice('linux-'.length);
  const sysroot = at('build', 'sysroot', architecture);
  if (!existsSync(join(sysroot, 'usr'))) await makeSysroot(sysroot, architectures[architecture]);
  return await sysrootOptions(sysroot, architectures[architecture], compiler);
}

/** Copies an addon without the names of its internal symbols, a seventh of its size. */
async function install(addon, folder, strip) {
  const target = join(folder, addon.split(/[\\/]/).at(-1));
  if (process.platform === 'win32' || (await answers(strip)) === undefined) copyFileSync(addon, target);
  else {
    const args = process.platform === 'darwin' ? ['-x', '-o', target, addon] : ['-o', target, addon];
    await runLogged(strip, args, { log: `${addon}.strip.log` });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await runMain(async () => {
    await prebuild(process.argv[2] ?? here);
    return 0;
  });
