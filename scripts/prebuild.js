// node scripts/prebuild.js [PLATFORM]: compiles the prebuilt addons of one platform package, by default of this
// platform, into build/prebuilt/PLATFORM. `native/prebuilt.json` says which sets of instructions there are.
//
// Those for Linux are linked against the libraries of Debian 11 (scripts/sysroot.js), so that they run with its glibc,
// 2.31, and newer ones. On x64 they need GCC 12 or newer; linux-arm64 is compiled there too, by the cross compiler.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildOptions, compileAddons, ownTools } from './build-addon.js';
import { Progress } from './progress.js';
import { answers, runLogged } from './run.js';
import { runMain } from './setup.js';
import { SetupError } from './setup-error.js';
import { architectures, makeSysroot, writeToolchain } from './sysroot.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);
const here = `${process.platform}-${process.arch}`;

/** Returns what `native/prebuilt.json` says about a platform. */
export function prebuiltOf(platform) {
  const all = JSON.parse(readFileSync(at('native', 'prebuilt.json'), 'utf8'));
  if (all[platform]) return all[platform];
  throw new SetupError(`There are no prebuilt addons for ${platform}; there are for ${Object.keys(all).join(', ')}.`);
}

async function prebuild(platform) {
  const { variants } = prebuiltOf(platform);
  const [system, architecture] = platform.split('-');
  if (platform !== here && !(system === 'linux' && process.platform === 'linux'))
    throw new SetupError(`The addons for ${platform} are compiled on that platform; this is ${here}.`);
  const tools = ownTools();
  const folder = at('build', 'prebuilt', platform);
  rmSync(folder, { recursive: true, force: true });
  const toolchain = system === 'linux' ? await debianToolchain(architecture) : undefined;
  for (const { name, flags } of variants) {
    const addons = await compileAddons({
      tools,
      options: buildOptions({
        tools,
        instructions: flags,
        more: { CMAKE_TOOLCHAIN_FILE: toolchain },
      }),
      out: at('build', 'prebuilding', platform, name),
      addons: ['heed', 'voice'],
      log: at('build', 'prebuilding', `${platform}-${name}.log`),
      label: `${platform}, ${name}`,
      progress: new Progress(),
    });
    mkdirSync(join(folder, name), { recursive: true });
    for (const addon of addons) await install(addon, join(folder, name), architecture);
  }
  console.log(`✓ ${folder}`);
}

/** Returns the toolchain file for Linux; fetches its libraries the first time. */
async function debianToolchain(architecture) {
  const sysroot = at('build', 'sysroot', architecture);
  if (!existsSync(join(sysroot, 'usr'))) await makeSysroot(sysroot, architectures[architecture]);
  return await writeToolchain(sysroot, architectures[architecture]);
}

/** Copies an addon without the names of its internal symbols, a seventh of its size. */
async function install(addon, folder, architecture) {
  const target = join(folder, addon.split(/[\\/]/).at(-1));
  if (process.platform === 'win32') return copyFileSync(addon, target);
  if (process.platform === 'darwin')
    return await runLogged('strip', ['-x', '-o', target, addon], { log: `${addon}.strip.log` });
  const { triple } = architectures[architecture];
  await runLogged(`${triple}-strip`, ['-o', target, addon], { log: `${addon}.strip.log` });
  const symbols = await answers(`${triple}-nm`, ['--dynamic', '--undefined-only', target]);
  // A symbol without a version is in no library that the addon is linked against; it would be missed when it is used.
  const missing = symbols.split('\n').filter((line) => / U /.test(line) && !/@| (napi|node_api)_/.test(line));
  if (missing.length > 0) throw new SetupError(`${target} needs what Debian 11 does not have: ${missing.join('; ')}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await runMain(async () => {
    await prebuild(process.argv[2] ?? here);
    return 0;
  });
