// node scripts/sysroot.js DIR [x64|arm64]: unpacks the C and C++ libraries of Debian 11 into DIR. The prebuilt addons
// for Linux are linked against them, so that they run with glibc 2.31. debootstrap fetches and verifies the packages;
// nothing is installed, and nothing in them is run.
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { answers, runLogged } from './run.js';
import { SetupError } from './setup-error.js';
import { runMain } from './setup.js';

const needed = /^(libc6|libc6-dev|libgcc-10-dev|libgcc-s1|libstdc\+\+6|libstdc\+\+-10-dev|linux-libc-dev)_/;

/** Debian's names of the architectures, those of its compilers and folders, and CMake's. */
export const architectures = {
  x64: { debian: 'amd64', triple: 'x86_64-linux-gnu', processor: 'x86_64' },
  arm64: { debian: 'arm64', triple: 'aarch64-linux-gnu', processor: 'aarch64' },
};

/** Fills a folder with the libraries of an architecture. */
export async function makeSysroot(folder, { debian }) {
  for (const tool of ['debootstrap', 'dpkg-deb'])
    if ((await answers(tool)) === undefined) throw new SetupError(`${tool} is missing: apt install ${tool}`);
  const packages = mkdtempSync(join(tmpdir(), 'heed-sysroot-'));
  try {
    const what = ['--download-only', '--variant=minbase', '--include=libstdc++-10-dev'];
    await runLogged('debootstrap', [...what, `--arch=${debian}`, 'bullseye', packages], {
      log: join(packages, 'debootstrap.log'),
    });
    const archives = join(packages, 'var', 'cache', 'apt', 'archives');
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(archives).filter((file) => needed.test(file)))
      await runLogged('dpkg-deb', ['-x', join(archives, name), folder], { log: join(packages, 'unpack.log') });
  } finally {
    rmSync(packages, { recursive: true, force: true });
  }
  makeLinksRelative(folder, folder);
}

/** The packages' links start at the root of a system; a linker would follow them out of this folder. */
function makeLinksRelative(folder, sysroot) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stat = lstatSync(path);
    if (stat.isDirectory()) makeLinksRelative(path, sysroot);
    if (!stat.isSymbolicLink() || !readlinkSync(path).startsWith('/')) continue;
    const target = relative(dirname(path), join(sysroot, readlinkSync(path)));
    unlinkSync(path);
    symlinkSync(target, path);
  }
}

/**
 * Writes a toolchain file for CMake that compiles for a Linux with these libraries, and returns its path. The compiler
 * may be much newer: heed needs GCC 12, because with GCC 10 a reading takes half as long again. Its own headers of the
 * libraries are shut out, since what they declare may be missing in the old ones.
 */
export async function writeToolchain(sysroot, { triple, processor }) {
  const [c, cxx] = ['gcc', 'g++'].map((compiler) => `${triple}-${compiler}`);
  const builtin = (await answers(c, ['-print-file-name=include']))?.trim();
  if (!builtin)
    throw new SetupError(`The compiler ${c} is missing: apt install g++-${processor.replace('_', '-')}-linux-gnu`);
  const include = (...folder) => join(sysroot, 'usr', 'include', ...folder);
  const headers = (...folders) => folders.map((folder) => `-isystem ${folder}`).join(' ');
  const cxxHeaders = headers(include('c++', '10'), include(triple, 'c++', '10'));
  const libraries = [join('usr', 'lib', 'gcc', triple, '10'), join('usr', 'lib', triple), join('lib', triple)];
  const path = `${sysroot}.cmake`;
  const lines = [
    'set(CMAKE_SYSTEM_NAME Linux)',
    `set(CMAKE_SYSTEM_PROCESSOR ${processor})`,
    `set(CMAKE_C_COMPILER ${c})`,
    `set(CMAKE_CXX_COMPILER ${cxx})`,
    `set(CMAKE_SYSROOT "${sysroot}")`,
    'add_compile_options(-nostdinc)',
    `add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:SHELL:-nostdinc++ ${cxxHeaders}>")`,
    `add_compile_options("SHELL:${headers(builtin, include(triple), include())}")`,
    ...libraries.map((folder) => `add_link_options("-L${join(sysroot, folder)}")`),
  ];
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await runMain(async () => {
    const [folder, architecture = process.arch] = process.argv.slice(2);
    if (folder === undefined || !architectures[architecture])
      throw new SetupError('Name a folder, and x64 or arm64: node scripts/sysroot.js build/sysroot/arm64 arm64');
    await makeSysroot(resolve(folder), architectures[architecture]);
    return 0;
  });
